import { ourPageTexts } from '../../../languages/page-texts.ts';
import type { Locale } from '../../ground/identity/languages.ts';
import { letterParts, namesIn, ourWords } from '../../ground/outbox/own-words.ts';
import type { House } from '../../ground/room.ts';
import { type OwnTexts, ownPartsOf } from '../../money/business/own-texts.ts';
import { closeKey, mailKey } from './mail-key.ts';
import { type PageText, PRIVACY_KEY, pageTexts, privacyParts } from './page-texts.ts';
import type { Text, TextPart } from './text.ts';

/**
 * Everything that the business may word itself, in one language: pages, then mail. What a mail says otherwise to who is addressed by the
 * first name stands behind it as a text of its own; as long as that has no words of its own, it says what the mail says to all.
 */
export function textsOf({ letters }: House, language: Locale, own: OwnTexts): Text[] {
  const pages = Object.entries(pageTexts).map(([key, page]): Omit<Text, 'own'> => {
    const kind = key.startsWith('page.') ? 'page' : 'empty';
    return { key, language, kind, path: page.path, parts: partsOf(key, page, language), required: [] };
  });
  const mails = [...letters].flatMap(([template, { own: form, open }]) =>
    (form?.cases ?? []).flatMap((name) => {
      const sample = open(form?.sample(name, 'EUR') ?? '');
      const key = mailKey(template, name);
      const required = form?.required ?? [];
      const [polite, close] = [ourWords(sample, language), ourWords(sample, language, 'first_name')];
      const text = { key, language, kind: 'mail' as const, path: null, required, parts: mailParts(polite) };
      if (letterParts.every((part) => polite.texts[part] === close.texts[part])) return [text];
      const said = { ...close.texts, ...ownPartsOf(own, { key, language }) };
      return [text, { ...text, key: closeKey(key), parts: mailParts({ ...close, texts: said }) }];
    }),
  );
  return [...pages, ...mails].map((text) => ({ ...text, own: ownPartsOf(own, text) }));
}

const mailParts = ({ texts, names }: ReturnType<typeof ourWords>): TextPart[] =>
  letterParts.map((part) => ({
    name: part,
    form: part === 'body' ? 'paragraphs' : 'line',
    ours: texts[part],
    names,
  }));

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
