import { ourPageTexts } from '../../../languages/page-texts.ts';
import type { Locale } from '../../ground/identity/languages.ts';
import { letterParts, namesIn, ourWords } from '../../ground/outbox/own-words.ts';
import type { House } from '../../ground/room.ts';
import { type OwnTexts, ownPartsOf } from '../../money/business/own-texts.ts';
import { mailKey } from './mail-key.ts';
import { type PageText, PRIVACY_KEY, pageTexts, privacyParts } from './page-texts.ts';
import type { Text, TextPart } from './text.ts';

/** Everything that the business may word itself, in one language: pages, then mail. */
export function textsOf({ letters }: House, language: Locale, own: OwnTexts): Text[] {
  const pages = Object.entries(pageTexts).map(([key, page]): Omit<Text, 'own'> => {
    const kind = key.startsWith('page.') ? 'page' : 'empty';
    return { key, language, kind, path: page.path, parts: partsOf(key, page, language), required: [] };
  });
  const mails = [...letters].flatMap(([template, { own: form, open }]) =>
    (form?.cases ?? []).map((name): Omit<Text, 'own'> => {
      const { texts, names } = ourWords(open(form?.sample(name, 'EUR') ?? ''), language);
      const parts = letterParts.map(
        (part): TextPart => ({
          name: part,
          form: part === 'body' ? 'paragraphs' : 'line',
          ours: texts[part],
          names,
        }),
      );
      const required = form?.required ?? [];
      return { key: mailKey(template, name), language, kind: 'mail', path: null, parts, required };
    }),
  );
  return [...pages, ...mails].map((text) => ({ ...text, own: ownPartsOf(own, text) }));
}

function partsOf(key: string, { lines, messages }: PageText, language: Locale): TextPart[] {
  if (key === PRIVACY_KEY) {
    const [title, text] = privacyParts;
    return [
      { name: title, form: 'line', ours: '', names: [] },
      { name: text, form: 'paragraphs', ours: '', names: [] },
    ];
  }
  return messages.map((name) => {
    const ours = ourPageTexts[language]?.[name] ?? '';
    return { name, form: lines.includes(name) ? 'line' : 'paragraph', ours, names: namesIn(ours) };
  });
}
