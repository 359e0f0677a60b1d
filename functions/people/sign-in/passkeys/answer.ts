import { z } from 'zod';

const part = z.string().max(20_000);
const transport = z.string().regex(/^[a-z-]{1,30}$/);

const base = {
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.literal('public-key'),
  authenticatorAttachment: z
    .enum(['cross-platform', 'platform'])
    .nullish()
    .transform((kind) => kind ?? undefined),
  clientExtensionResults: z.object({}).default({}),
};

/** What a device answers when it has made a key (WebAuthn level 3, `RegistrationResponseJSON`), as far as it is read. */
export const newKeyAnswer = z.object({
  ...base,
  response: z.object({
    clientDataJSON: part,
    attestationObject: part,
    transports: z.array(transport).max(10).optional().catch(undefined),
  }),
});

/** What it answers when it has signed (`AuthenticationResponseJSON`). */
export const signedAnswer = z.object({
  ...base,
  response: z.object({
    clientDataJSON: part,
    authenticatorData: part,
    signature: part,
    userHandle: part.nullish().transform((handle) => handle ?? undefined),
  }),
});

/** The text of a form's field as JSON; what is none fits no schema. */
export function readAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
