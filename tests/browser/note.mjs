// A note of a few lines for the tests of status, sections and identifiers, and what they do with it.

import { readFile } from 'node:fs/promises';
import { settled } from './helper.mjs';

export const NOTE = `History of present illness:
The patient has asthma and denies chest pain. Possible pneumonia.

Past medical history:
Stroke in 2015. Asthma since childhood.

Family history:
Mother with diabetes.

Discharge instructions:
Return if fever occurs.
`;

/** What is marked in it, in order, whatever the model finds. */
const WORDS = ['asthma', 'chest pain', 'pneumonia', 'stroke', 'diabetes', 'fever'];

/**
 * Works on the note with the preset for notes, and marks all of WORDS as diseases.
 *
 * @param {Awaited<ReturnType<typeof import('./helper.mjs').open>>} tab
 */
export async function readNote(tab) {
  const { page } = tab;
  await page.locator('#preset').selectOption('note');
  await tab.choose('Disease');
  await tab.run(NOTE);
  await markAll(tab);
}

/** Marks what the model has not. */
export async function markAll({ page }) {
  for (const words of WORDS) {
    await page.locator('#add-text').fill(words);
    await page.locator('#add-as').selectOption('Disease');
    await page.locator('#add-text').press('Enter');
    await settled(page);
  }
}

/** The mark of the nth mention of these words. */
export function markOf(page, words, nth = 0) {
  const found = [...NOTE.matchAll(new RegExp(words, 'gi'))][nth];
  return page.locator(
    `[data-testid=annotated] mark[data-start="${found.index}"][data-end="${found.index + words.length}"]`,
  );
}

/** The row of the nth mention of these words. */
export function rowOf(page, words, nth = 0) {
  const found = [...NOTE.matchAll(new RegExp(words, 'gi'))][nth];
  return page.locator(`[data-testid=entities] tr[data-start="${found.index}"]`);
}

/** The entities as they are exported. */
export async function exported(page) {
  await settled(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download JSON' }).click(),
  ]);
  return JSON.parse(await readFile(await file.path(), 'utf8')).entities;
}

/** The exported entity of the nth mention of these words. */
export async function entityOf(page, words, nth = 0) {
  const found = [...NOTE.matchAll(new RegExp(words, 'gi'))][nth];
  return (await exported(page)).find(({ start }) => start === found.index);
}
