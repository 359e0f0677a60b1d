import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formsOf, hasForm, readSections, type Sections, valuesIn } from './messages.ts';

/** One way to speak to somebody, where a language has other words for it: `languages/uk-informal`. */
export interface Tone {
  /** Of the language. */
  code: string;
  name: 'informal' | 'formal';
  sections: Sections;
}

export const toneFolder = ({ code, name }: Pick<Tone, 'code' | 'name'>) => `${code}-${name}`;

/** The tones that stand in `languages`, whose languages stand there, too. */
export function readTones(root: string): Tone[] {
  return readdirSync(join(root, 'languages'))
    .sort()
    .flatMap((folder) => {
      const [, code = '', name] = /^([a-z]{2,3})-(informal|formal)$/.exec(folder) ?? [];
      if ((name !== 'informal' && name !== 'formal') || !existsSync(join(root, 'languages', code))) return [];
      return [{ code, name, sections: readSections(root, folder) }];
    });
}

/** A tone words messages of its language, with the same values, and only those that it words otherwise. */
export function flawsOfTone(tone: Tone, language: Sections): string[] {
  const forms = formsOf(tone.code);
  return [...tone.sections].flatMap(([section, messages]) => {
    const file = `languages/${toneFolder(tone)}/messages/${section}.json`;
    return Object.entries(messages).flatMap(([name, own]) => {
      const message = language.get(section)?.[name];
      if (message === undefined) return [`${file} has ${name} over`];
      if (JSON.stringify(own) === JSON.stringify(message))
        return [`${file} says ${name} as the language does`];
      if (valuesIn(own) !== valuesIn(message))
        return [`${file} fills ${valuesIn(own)} into ${name}, not ${valuesIn(message)}`];
      const lacking = forms.filter((form) => !hasForm(own, form));
      return lacking.length === 0 ? [] : [`${file} lacks the form ${lacking.join(', ')} of ${name}`];
    });
  });
}
