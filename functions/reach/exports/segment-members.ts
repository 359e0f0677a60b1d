import type { Handler } from 'hono';
import { z } from 'zod';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { FileHead } from '../../ground/formats/file-head.ts';
import type { ApiEnv } from '../../ground/http/api.ts';
import { downloading, reading } from '../../ground/http/endpoint.ts';
import { allow } from '../../ground/platform/allow.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { pageCursor } from '../../ground/platform/input.ts';
import { allowNamedFile } from '../../ground/platform/personal.ts';
import { eachMember, listMembers } from '../../insight/segments/list-members.ts';
import { getSegment } from '../../insight/segments/list-segments.ts';
import { segmentMemberAnswer, toMemberAnswer } from '../../insight/segments/schema.ts';
import { csvLine } from './csv.ts';
import { streamOf } from './stream-of.ts';

const params = z.object({
  id: z
    .string()
    .max(100)
    .meta({ description: 'The id of the segment.', examples: ['regular-readers'] }),
});
const described = {
  tag: 'Segments',
  scope: 'segments:read',
  alsoNeeds: 'customers:read',
  summary: 'Who is in a segment, as it was last asked',
  params,
  refusals: ['not_found', 'validation_failed'],
} as const;

const asJson = reading({
  ...described,
  query: z.strictObject({
    cursor: pageCursor.optional(),
    format: z
      .enum(['json', 'csv'])
      .optional()
      .meta({ description: '`csv` answers all of them as a file, a row for each person.' }),
  }),
  answer: listAnswer(segmentMemberAnswer),
  success: { 200: 'A page of accounts, who came last first.' },
  run: async (ctx, { params: { id }, query: { cursor = null } }) => {
    const { items, nextCursor } = await listMembers(ctx, { id, cursor });
    return { items: items.map(toMemberAnswer), nextCursor };
  },
});

const asCsv = downloading({
  ...described,
  query: z.strictObject({ format: z.literal('csv') }),
  mediaTypes: ['text/csv'],
  success: { 200: 'A row for each person of each account.' },
  head: (ctx, { params: { id } }) => headOfMembers(ctx, id),
  run: (ctx, { params: { id } }) => downloadMembers(ctx, id),
});

const byFormat: Handler<ApiEnv> = (c, next) => (c.req.query('format') === 'csv' ? asCsv : asJson)(c, next);

/** `/segments/{id}/members` of the API. */
export const segmentMembers = Object.assign(byFormat, asJson);

/**
 * All members of a segment as CSV: a row for each person of each account. Who took them is written into the log.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function downloadMembers(ctx: Context, id: string) {
  const head = await headOfMembers(ctx, id);
  await writeDecision(ctx, { audit: { kind: 'segment.exported', subjectKind: 'segment', subjectId: id } });
  return { ...head, body: streamOf(linesOf(ctx, id)) };
}

async function headOfMembers(ctx: Context, id: string): Promise<FileHead> {
  allow(ctx.actor, 'customers:read');
  allowNamedFile(ctx.actor);
  await getSegment(ctx, { id });
  return { mediaType: 'text/csv; charset=utf-8', fileName: `segment-${id}.csv` };
}

async function* linesOf(ctx: Context, id: string): AsyncGenerator<string> {
  yield csvLine(['account_id', 'account', 'email', 'name', 'entered_at']);
  for await (const page of eachMember(ctx, id)) {
    const lines = page.flatMap(({ accountId, name, enteredAt, people }) => {
      const at = new Date(enteredAt).toISOString();
      const persons = people.length === 0 ? [{ email: null, name: null }] : people;
      return persons.map((person) => csvLine([accountId, name, person.email, person.name, at]));
    });
    yield lines.join('');
  }
}
