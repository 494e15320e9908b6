// What the tests in all engines share: a browser a file and engine, and the page in it.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { By, Key } from 'selenium-webdriver';
import { ENGINES, launchEngine } from '../../scripts/engines.mjs';
import { DONE_MS, LOADED_MS } from '../browser/helper.mjs';
import { until } from '../common/until.mjs';

export { Key };

const SHOWN_MS = 30_000; // what the page shows without the model, on a busy machine
const EVERY_MS = 50;

const only = process.env.ENGINE; // to look at one by itself

/**
 * The same tests in each engine.
 *
 * @param {(tab: Tab, name: string) => void} define  The browser is there when the tests run.
 */
export function inEveryEngine(define) {
  for (const name of ENGINES.filter((one) => !only || one === only)) {
    describe(name, () => {
      const tab = new Tab();
      before(async () => {
        tab.engine = await launchEngine(name);
        await tab.driver.manage().setTimeouts({ script: 2 * DONE_MS, pageLoad: LOADED_MS });
      });
      after(() => tab.engine?.close());
      define(tab, name);
    });
  }
}

/** The one tab of a browser. */
export class Tab {
  /** @type {import('../../scripts/engines.mjs').Engine} */
  engine;

  get driver() {
    return this.engine.driver;
  }

  /** @param {string} url */
  open(url) {
    return this.driver.get(url);
  }

  /**
   * Runs a function in the page, and waits for what it promises. It comes back as JSON in a text: geckodriver reads
   * numbers with serde_json, which may be one unit in the last place off.
   *
   * @param {string | ((...values: any[]) => unknown)} body
   * @param {unknown[]} values
   */
  async evaluate(body, ...values) {
    const { value, error } = await this.driver.executeAsyncScript(
      `const [values, done] = arguments;
      (async () => (${body})(...values))().then(
        (value) => done({ value: JSON.stringify(value ?? null) }),
        (error) => done({ error: error + "\\n" + error?.stack }),
      );`,
      values,
    );
    if (error) throw new Error(error);
    return JSON.parse(value);
  }

  /**
   * Waits until a function in the page gives something true, and returns it. The page itself looks: WebKitGTK
   * gets nothing else done while it is asked from outside all the time.
   *
   * @param {string} what  What is waited for, in the message if it does not come.
   * @param {(...values: any[]) => unknown} body
   * @param {unknown[]} values
   */
  until(what, body, ...values) {
    return this.#wait(what, SHOWN_MS, body, values);
  }

  /** The same for what takes the model. */
  loaded(what, body, ...values) {
    return this.#wait(what, DONE_MS, body, values);
  }

  async #wait(what, timeout, body, values) {
    const value = await this.evaluate(
      `async (timeout, values) => {
        const end = performance.now() + timeout;
        for (;;) {
          const value = await (${body})(...values);
          if (value || performance.now() > end) return value;
          await new Promise((resolve) => setTimeout(resolve, ${EVERY_MS}));
        }
      }`,
      timeout,
      values,
    );
    if (!value) {
      const page = await this.evaluate(() => document.body.innerText.slice(0, 3000));
      throw new Error(`${what} did not come within ${timeout} ms: ${page}`);
    }
    return value;
  }

  /** Waits for an element and returns it. @param {string} selector */
  async find(selector) {
    return until(
      async () => (await this.driver.findElements(By.css(selector)))[0],
      selector,
      LOADED_MS,
    );
  }

  /**
   * Clicks where the element is, as a pointer would. By themselves drivers scroll only as far as its edge, where a bar
   * that stays in sight may cover it.
   *
   * @param {string} selector
   */
  async click(selector) {
    const element = await this.find(selector);
    await this.driver.executeScript(
      'arguments[0].scrollIntoView({ block: "center", behavior: "instant" })',
      element,
    );
    await element.click();
  }

  /** Presses keys, one after the other. @param {string[]} keys */
  async press(...keys) {
    for (const key of keys) await this.driver.actions().sendKeys(key).perform();
  }

  /** Holds the first key while the second is pressed. */
  async chord(held, key) {
    await this.driver.actions().keyDown(held).sendKeys(key).keyUp(held).perform();
  }

  /** Moves the pointer over an element. @param {string} selector */
  async hover(selector) {
    const origin = await this.find(selector);
    await this.driver.actions().move({ origin }).perform();
  }

  /** Waits for a state of the page; an error that is not waited for is told at once. */
  async state(wanted) {
    const look = (name) => {
      const status = document.querySelector('[data-testid=status]');
      const { state } = status.dataset;
      return [name, 'error'].includes(state) && { state, text: status.textContent };
    };
    const { state, text } = await this.#wait(wanted, DONE_MS, look, [wanted]);
    assert.equal(state, wanted, text);
    return text;
  }

  /** Chooses exactly these types. */
  choose(...types) {
    return this.evaluate((wanted) => {
      for (const box of document.querySelectorAll('[data-testid=types] input[type=checkbox]'))
        if (box.checked !== wanted.includes(box.value)) box.click();
    }, types);
  }

  /** What lies on marks or rows, in the order of the document; a mark in pieces counts once. */
  hooks(testid) {
    return this.evaluate(
      (id) =>
        Array.from(
          document.querySelectorAll(`[data-testid=${id}] [data-start]:not(.goes-on)`),
          ({ dataset: { type, start, end }, textContent }) => ({
            type,
            start: Number(start),
            end: Number(end),
            text: textContent,
          }),
        ),
      testid,
    );
  }

  /** Works on a text to the end. */
  async run(text) {
    await this.evaluate((value) => {
      const box = document.querySelector('[data-testid=input]');
      box.value = value;
      box.dispatchEvent(new Event('input', { bubbles: true }));
    }, text);
    await this.click('[data-testid=extract]');
    return this.state('done');
  }

  /** Waits for a file that is saved, whole, and returns its content. @param {string} name */
  async saved(name) {
    const { downloads } = this.engine;
    const path = join(downloads, name);
    const whole = () =>
      existsSync(path) && readdirSync(downloads).length === 1 && readFileSync(path, 'utf8');
    return until(whole, `${name} in the folder of downloads`, LOADED_MS);
  }
}
