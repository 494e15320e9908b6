// A program of somebody who installed the package: it only has to compile.
import { Bioner, BionerError, type Entity, type ErrorCode } from 'bioner';
import { Attributes, type AddedVocabulary, type TextSection } from 'bioner/attributes';
import { copyRuntime, getModel } from 'bioner/assets';
import type { BionerText, EntitiesDetail } from 'bioner/element';

export async function count(text: string, signal: AbortSignal): Promise<number> {
  const ner = await Bioner.load({
    model: '/weights/',
    onProgress: ({ loaded, total }) => console.log(loaded / total),
  });
  const found: Entity[] = [];
  try {
    for await (const part of ner.extract(text, { types: ['Disease'], signal }))
      found.push(...part.entities);
  } catch (error) {
    if (error instanceof BionerError) console.log(error.code satisfies ErrorCode);
    // @ts-expect-error A type or a preset is needed.
    ner.extract(text, {});
    ner.extract(text, { preset: 'note' });
  }
  const { entities } = await ner.annotate(text, found, { assertion: true });
  return entities.filter(({ type, assertion }) => type && assertion !== 'absent').length;
}

export async function outline(text: string, file: File): Promise<TextSection[]> {
  const attributes = await Attributes.load({ vocabulary: null });
  const { problems } = (await attributes.addVocabulary(file, file.name)) satisfies AddedVocabulary;
  console.log(problems[0]?.line);
  const { entities, sections } = await attributes.annotate(
    text,
    [{ start: 0, end: 5, type: 'Disease', mine: 1 }],
    { sections: true, link: true },
  );
  console.log(entities[0]?.mine.toFixed(), entities[0]?.candidates?.[0]?.same?.length);
  // @ts-expect-error There is no such option.
  attributes.annotate(text, [], { negation: true });
  return sections;
}

const element: BionerText = document.createElement('bioner-text');
element.threshold = 0.5;
element.types = ['Disease'];
element.addEventListener('entities', ({ detail }) =>
  console.log((detail satisfies EntitiesDetail).entities[0]?.score),
);
element.addEventListener('error', ({ detail }) => console.log(detail.code));
element.addEventListener('click', () => element.extract().then((entities) => entities.length));

export const ready = copyRuntime('public/bioner').then(() =>
  getModel('public/bioner/models/default', 'https://example.org/'),
);
