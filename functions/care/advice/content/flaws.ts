import type { FieldError } from '../../../ground/platform/errors.ts';
import type { ArticleContent } from './content.ts';
import { isPictureName, picturesIn } from './markdown.ts';

/** The names of all pictures that an article shows. */
export function pictureNames({ texts }: Pick<ArticleContent, 'texts'>): string[] {
  const hrefs = Object.values(texts).flatMap(({ body }) => picturesIn(body).map(({ href }) => href));
  return [...new Set(hrefs.filter(isPictureName))];
}

/** What is missing before an article can be shown; `missing` are pictures that nobody has given. */
export function flawsOf({ texts }: ArticleContent, missing: ReadonlySet<string>): FieldError[] {
  const languages = Object.entries(texts);
  if (languages.length === 0) return [{ path: 'texts', code: 'required', message: 'says nothing yet' }];
  return languages.flatMap(([language, { title, body }]) => {
    const pictures = picturesIn(body);
    const path = `texts.${language}`;
    const foreign = pictures.find(({ href }) => !isPictureName(href) || missing.has(href));
    return [
      ...(title === '' ? [{ path: `${path}.title`, code: 'required', message: 'has no title' }] : []),
      ...(body === '' ? [{ path: `${path}.body`, code: 'required', message: 'has no text' }] : []),
      ...(foreign === undefined
        ? []
        : [
            {
              path: `${path}.body`,
              code: 'unknown_picture',
              message: `shows a picture that was not added here: ${foreign.href.slice(0, 100)}`,
            },
          ]),
      ...(pictures.some(({ alt }) => alt === '')
        ? [{ path: `${path}.body`, code: 'alt_missing', message: 'does not say what is on a picture' }]
        : []),
    ];
  });
}
