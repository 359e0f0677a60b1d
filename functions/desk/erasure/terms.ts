import { z } from 'zod';
import { allow, allowProven } from '../../ground/platform/allow.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Actor, Context } from '../../ground/platform/context.ts';

/** How long a customer may change their mind. */
export const CHANGE_OF_MIND_MS = DAY_MS;

/** What becomes of what they told the business: kept without their name, or gone as well. */
export const wordsChoices = ['kept', 'gone'] as const;
export type WordsChoice = (typeof wordsChoices)[number];
export const wordsChoice = z.enum(wordsChoices);

/**
 * Owners and managers, keys made for it, the command line and the jobs.
 * @throws {AppError} `unauthenticated`, `forbidden`, `scope_missing`
 */
export function allowErasers(actor: Actor): void {
  allow(actor, 'privacy:write');
}

/** The same, with the second factor of staff proven lately. @throws {AppError} the same, `proof_needed` */
export function allowErasing(ctx: Pick<Context, 'actor' | 'now'>): void {
  allowErasers(ctx.actor);
  allowProven(ctx);
}
