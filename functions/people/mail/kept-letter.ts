import { z } from 'zod';
import type { Composed } from './compose-mail.ts';

/** A mail as the portal shows it: what it said, without its looks. */
const shape = z.object({
  subject: z.string(),
  heading: z.string(),
  greeting: z.string(),
  paragraphs: z.array(z.string()),
  code: z.string().nullable(),
  facts: z.array(z.tuple([z.string(), z.string()])),
  button: z.string(),
  link: z.string(),
  notes: z.array(z.string()),
  /** Who of the team signed it. */
  signedBy: z.string().nullable().default(null),
  /** What they were to its reader then; null in letters of earlier releases. */
  signedAs: z.string().nullable().default(null),
});
export type KeptLetter = z.infer<typeof shape>;

export function letterOf({
  letter,
  greeting,
  keptLink: link,
  signer,
}: Pick<Composed, 'letter' | 'greeting' | 'keptLink' | 'signer'>): KeptLetter {
  const { subject, heading, paragraphs, code = null, facts = [], button, notes } = letter;
  return {
    subject,
    heading,
    greeting,
    paragraphs,
    code,
    facts,
    button,
    link,
    notes,
    signedBy: signer?.name ?? null,
    signedAs: signer?.role ?? null,
  };
}

export function writeLetter(letter: KeptLetter): string {
  return JSON.stringify(letter);
}

/** @throws {z.ZodError} when the text is not what {@link writeLetter} wrote */
export function readLetter(text: string): KeptLetter {
  return shape.parse(JSON.parse(text));
}
