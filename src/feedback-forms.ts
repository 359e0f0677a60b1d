import type { Locale } from '../functions/ground/identity/languages.ts';
import { feedbackKinds, SERVED_BY_LENGTH_MAX, TEXT_LENGTH_MAX } from '../functions/voice/feedback/schema.ts';
import type { tellFeedback } from '../functions/voice/feedback/tell-feedback.ts';
import { attempt, type Refused } from './attempt.ts';
import { oneOf, readUpload } from './forms.ts';
import { addToThread, settleThread } from './operations/feedback.ts';
import type { Visit } from './visit.ts';

type Told = Parameters<typeof tellFeedback>[1];

/** Why feedback was not taken, in the order of the fields of its forms. */
export const feedbackReasons = {
  '.kind': 'kind',
  '.text': 'text',
  '.': 'text',
  '.text:too_big': 'text_long',
  '.:too_big': 'text_long',
  '.servedBy': 'served_by',
  '.order': 'order',
  '.line': 'order',
  '.parcel': 'order',
  not_found: 'order',
  ':too_many_files': 'too_many_files',
  ':file_empty': 'file_empty',
  ':file_too_large': 'file_too_large',
  ':file_type': 'file_type',
  ':no_files': 'no_files',
  ':files_away': 'files_away',
  too_many_requests: 'too_often',
  validation_failed: 'form',
} as const;
export type FeedbackRefusal = (typeof feedbackReasons)[keyof typeof feedbackReasons];

/** What the form for feedback tells; null where no kind is chosen. */
export function toldBy(
  fields: ReadonlyMap<string, string>,
  { language, accountId }: { language: Locale; accountId: string | null },
): Told | null {
  const kind = oneOf(fields.get('kind') ?? null, feedbackKinds);
  if (kind === null) return null;
  const order = orderOf(fields.get('order') ?? '');
  return {
    kind,
    text: fields.get('text') ?? '',
    order,
    line: order === null ? null : fields.get('line') || null,
    parcel: order === null ? null : fields.get('parcel') || null,
    servedBy: fields.get('served_by') || null,
    page: pageOf(fields.get('page')),
    wantsReply: fields.get('answer') === 'yes',
    language,
    accountId,
    key: fields.get('key') ?? '',
  };
}

/** A path of this site, without what it was asked with; null for anything else. */
export function pageOf(text: string | null | undefined): string | null {
  return text && /^\/(?!\/)[\w\-./%~@+]{0,290}$/.test(text) ? text : null;
}

/** An order as the forms name it: its source and number in JSON; one that cannot be read is none. */
function orderOf(text: string): { source: string; number: string } | null {
  const [, source, number] = /^\["((?:[^"\\]|\\.)*)","((?:[^"\\]|\\.)*)"\]$/.exec(text) ?? [];
  if (source === undefined || number === undefined) return null;
  try {
    return { source: String(JSON.parse(`"${source}"`)), number: String(JSON.parse(`"${number}"`)) };
  } catch {
    return null;
  }
}

/** A form of a thread's page, done; the address that follows it, or why it was refused. */
export async function postToThread(
  visit: Pick<Visit, 'ctx' | 'asker'>,
  asked: { request: Request; reference: string; proof: string | null },
): Promise<
  | { done: 'added' | 'settled'; refused: null }
  | { done: null; refused: Refused<FeedbackRefusal>; typed: string }
> {
  const { request, ...which } = asked;
  const { fields, files } = await readUpload(request);
  if (fields.get('do') === 'settle') {
    const settling = settleThread(visit, { ...which, isSettled: fields.get('settled') === 'yes' });
    // What is settled already is what its author wants; nothing of it is told.
    const unsaid = { case_not_movable: null, not_found: null };
    const settled = await attempt(settling, { ...unsaid, too_many_requests: 'too_often' });
    return settled.ok || settled.reason === null
      ? { done: 'settled', refused: null }
      : { done: null, refused: { ...settled, reason: settled.reason }, typed: '' };
  }
  const typed = fields.get('text') ?? '';
  const adding = addToThread(visit, { ...which, text: typed, key: fields.get('key') ?? '' }, files);
  const sent = await attempt(adding, feedbackReasons);
  return sent.ok ? { done: 'added', refused: null } : { done: null, refused: sent, typed };
}

/** Everything that a form for feedback lacks, in the order of its fields; what the operation alone can tell is not among it. */
export function lacksOf(fields: ReadonlyMap<string, string>): FeedbackRefusal[] {
  const text = fields.get('text') ?? '';
  const lacks: [boolean, FeedbackRefusal][] = [
    [oneOf(fields.get('kind') ?? null, feedbackKinds) === null, 'kind'],
    [text === '', 'text'],
    [text.length > TEXT_LENGTH_MAX, 'text_long'],
    [(fields.get('served_by') ?? '').length > SERVED_BY_LENGTH_MAX, 'served_by'],
  ];
  return lacks.flatMap(([isLacking, reason]) => (isLacking ? [reason] : []));
}
