import {
  type ArticleContent,
  type ArticleInput,
  articleAudiences,
  BODY_LENGTH_MAX,
  SUMMARY_LENGTH_MAX,
  TITLE_LENGTH_MAX,
} from '../../functions/care/advice/content/content.ts';
import { oneOf } from '../forms.ts';
import type { Speech } from '../locale.ts';
import type { FieldRule } from '../words/field-errors.ts';
import { labelIn } from '../words/languages.ts';

/** An article as it begins. */
export const emptyArticle: ArticleInput = { audience: 'everybody', slug: '', texts: {}, products: [] };

/** What a form of an article says; languages of `kept` that it did not show stay. */
export function readArticleForm(
  fields: ReadonlyMap<string, string>,
  { kept, speech }: { kept: ArticleContent; speech: Speech },
): ArticleInput {
  const value = (name: string) => fields.get(name) ?? '';
  const typed = speech.languages.map((language) => [
    language,
    {
      title: value(`title_${language}`),
      summary: value(`summary_${language}`),
      body: value(`body_${language}`),
    },
  ]);
  return {
    audience: oneOf(value('audience'), articleAudiences) ?? kept.audience,
    slug: value('slug').toLowerCase(),
    texts: { ...kept.texts, ...Object.fromEntries(typed) },
    products: value('products')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  };
}

/** The same article with a picture at the end of its text: in each language that has one or says what is on it, else in `first`. */
export function withPicture(
  input: ArticleInput,
  { name, first, altOf }: { name: string; first: string; altOf: (language: string) => string },
): ArticleInput {
  const plainAlt = (language: string) =>
    altOf(language)
      .replaceAll(/[[\]\s]+/g, ' ')
      .trim();
  const isSaid = Object.entries(input.texts).some(([language, { body }]) => body || plainAlt(language));
  const texts = Object.entries(input.texts).map(([language, text]) => {
    const alt = plainAlt(language);
    if (!text.body && alt === '' && (isSaid || language !== first)) return [language, text] as const;
    const body = [text.body ?? '', `![${alt}](${name})`].filter((part) => part !== '').join('\n\n');
    return [language, { ...text, body }] as const;
  });
  return { ...input, texts: Object.fromEntries(texts) };
}

/** The fields of the form, and what each takes. */
export function articleRules(speech: Speech): Record<string, FieldRule> {
  const { t, languages } = speech;
  const length = (max: number) => t.form_rule_length({ max });
  const [own] = languages;
  const title = (language: (typeof languages)[number]) => labelIn(speech, t.advice_field_title(), language);
  const each = languages.flatMap((language): [string, FieldRule][] => [
    [
      `texts.${language}.title`,
      {
        ...{ field: `title_${language}`, label: title(language), rule: length(TITLE_LENGTH_MAX) },
        byCode: { required: t.advice_rule_title() },
      },
    ],
    [
      `texts.${language}.summary`,
      {
        field: `summary_${language}`,
        label: labelIn(speech, t.advice_field_summary(), language),
        rule: length(SUMMARY_LENGTH_MAX),
      },
    ],
    [
      `texts.${language}.body`,
      {
        field: `body_${language}`,
        label: labelIn(speech, t.advice_field_body(), language),
        rule: length(BODY_LENGTH_MAX),
        byCode: {
          required: t.advice_rule_body(),
          unknown_picture: t.advice_rule_picture(),
          alt_missing: t.advice_rule_alt(),
          too_deep: t.advice_rule_deep(),
          table_too_large: t.advice_rule_table(),
        },
      },
    ],
  ]);
  return {
    texts: { field: `title_${own}`, label: title(own), rule: t.form_rule_language() },
    slug: {
      ...{ field: 'slug', label: t.advice_slug(), rule: t.advice_rule_slug() },
      byCode: { taken: t.advice_rule_slug_taken(), fixed: t.advice_rule_slug_fixed() },
    },
    products: { field: 'products', label: t.advice_products(), rule: t.advice_rule_products() },
    ...Object.fromEntries(each),
  };
}
