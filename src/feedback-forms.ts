import { feedbackKinds, SERVED_BY_LENGTH_MAX, TEXT_LENGTH_MAX } from '../functions/feedback/schema.ts';
import { oneOf, readUpload } from './forms.ts';
import type { Locale } from './languages.ts';
import type { FeedbackRefusal, feedbackOperations } from './operations/feedback.ts';

type Rooms = ReturnType<typeof feedbackOperations>;
type Told = Parameters<Rooms['tell']>[0];

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
  operations: Pick<Rooms, 'addMessage' | 'settle'>,
  asked: { request: Request; reference: string; proof: string | null },
): Promise<{ done: 'added' | 'settled'; refused: null } | { done: null; refused: Refusal; typed: string }> {
  const { request, ...which } = asked;
  const { fields, files } = await readUpload(request);
  if (fields.get('do') === 'settle') {
    const settled = await operations.settle({ ...which, isSettled: fields.get('settled') === 'yes' });
    return settled.ok || settled.reason !== 'too_often'
      ? { done: 'settled', refused: null }
      : { done: null, refused: { ...settled, reason: settled.reason }, typed: '' };
  }
  const typed = fields.get('text') ?? '';
  const sent = await operations.addMessage({ ...which, text: typed, key: fields.get('key') ?? '' }, files);
  return sent.ok ? { done: 'added', refused: null } : { done: null, refused: sent, typed };
}

export type Refusal = Extract<Awaited<ReturnType<Rooms['addMessage']>>, { ok: false }>;

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
