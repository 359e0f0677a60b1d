import type { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { staffIdeaActs, staffIdeas } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { findIdeaByKey } from './queries.ts';
import { tellIdeaInput } from './schema.ts';

const insertIdea = insertInto(staffIdeas);
export const insertIdeaAct = insertInto(staffIdeaActs);

/**
 * Somebody of the team says what could be better; the same form sent twice is one idea.
 * @throws {AppError} `validation_failed`, `forbidden` for who is not of the team
 */
export async function tellIdea(ctx: Context, typed: z.input<typeof tellIdeaInput>): Promise<{ id: string }> {
  const staffId = colleagueOf(ctx);
  const { key: typedKey, title, text } = parseInput(tellIdeaInput, typed);
  const key = `${staffId}:${typedKey}`;
  const id = newId();
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  try {
    await writeDecision(ctx, {
      rows: [
        insertIdea({ id, title, text, staffId, state: 'new', actSeq: 1, at: ctx.now(), key }),
        insertIdeaAct({ ideaId: id, seq: 1, kind: 'told', words: null, ...done }),
      ],
      audit: { kind: 'idea.told', subjectKind: 'idea', subjectId: id },
    });
    return { id };
  } catch (error) {
    const known = isConflictOn(error, 'staff_ideas.key') ? await findIdeaByKey(ctx.db.fresh, { key }) : null;
    if (known === null) throw error;
    return known;
  }
}

/** Who of the team asks. @throws {AppError} `forbidden`, `unauthenticated` */
export function colleagueOf({ actor }: Pick<Context, 'actor'>): string {
  if (actor.kind === 'staff') return actor.id;
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated', 'Sign in first.');
  throw new AppError('forbidden', 'This is for the team.');
}
