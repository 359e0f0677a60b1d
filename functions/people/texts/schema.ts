import { z } from 'zod';
import type { Text } from './text.ts';

/** A text that the business may word itself, as the API answers it. */
export const textAnswer = z
  .object({
    key: z.string(),
    language: z.string(),
    kind: z.enum(['page', 'empty', 'mail']),
    path: z.string().nullable(),
    isOwn: z.boolean(),
    required: z.array(z.string()),
    parts: z.array(
      z.object({
        name: z.string(),
        form: z.enum(['line', 'paragraph', 'paragraphs']),
        names: z.array(z.string()),
        ours: z.string(),
        own: z.string().nullable(),
      }),
    ),
  })
  .meta({
    id: 'Text',
    description:
      'What a page or a mail says. `ours` is what the portal says, `own` what the business says in its place; both name values in braces, such as {amount}. A body has an empty line between its paragraphs.',
  });

export function toTextAnswer({ parts, own, required, ...text }: Text): z.infer<typeof textAnswer> {
  return {
    ...{ key: text.key, language: text.language, kind: text.kind, path: text.path },
    isOwn: Object.keys(own).length > 0,
    required: [...required],
    parts: parts.map(({ name, form, names, ours }) => ({
      ...{ name, form, names: [...names], ours },
      own: own[name] ?? null,
    })),
  };
}

/** `PUT /texts/{language}/{key}`; a part that is left out is ours. */
export const textInput = z.strictObject({
  parts: z.array(z.strictObject({ name: z.string().max(100), text: z.string().max(20_000) })).max(20),
});

export const textExample = {
  parts: [{ name: 'home_title', text: 'Every cup counts' }],
};
