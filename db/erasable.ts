/**
 * What erasing a customer changes in append-only tables, and nothing else does (docs/decisions/0090-erasure.md). Of those
 * kept by triggers: what a column then holds, SQL; a trigger lets it hold nothing else.
 */
export const erasableByTriggers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  adjustments: { reason: "''" },
  bonus_reversals: { reason: "''" },
  credit_requests: { reason: "''" },
  redemptions: { reference: 'NULL' },
  payout_steps: { reference: 'NULL' },
  reversals: { reason: 'NULL' },
  consents: { basis: 'NULL' },
};

/** Of those kept by the port: the columns; none where the rows go whole. */
export const erasableByPort: Readonly<Record<string, readonly string[]>> = {
  preferences: ['basis'],
  general_preferences: ['basis'],
  mail_events: ['detail'],
  customer_notes: [],
  contact_entries: ['content'],
  contact_mails: ['subject', 'quoted', 'left_out'],
  lapsed_calls: ['first_words', 'real_words', 'answers'],
  need_shares: ['others'],
  attention_acts: ['note'],
  referral_steps: ['text'],
  testimonials: ['text', 'shown_name'],
  testimonial_decisions: ['excerpt', 'reason'],
  club_applications: ['text'],
  club_decisions: ['reason'],
  directory_choices: ['is_shown', 'name', 'company', 'interests'],
  directory_messages: ['text'],
  panel_answers: ['comment'],
  promise_tellings: ['note'],
  promise_telling_withdrawals: ['reason'],
  hospitality_decisions: ['reason'],
  hospitality_withdrawals: ['reason'],
  minimum_waivers: ['reason'],
  withdrawn_events: ['note', 'tracking_number', 'tracking_url'],
  order_moves: ['reason'],
  return_events: ['note'],
  join_invitations: ['email', 'language'],
  join_decisions: ['reason'],
  customer_merges: ['email', 'reason'],
  customer_merge_undos: ['reason'],
  customer_merge_rows: [],
};

/** What a batch that erases begins and ends with: a row that stands as long as it is written, and that nobody else sees. */
export const openPass = { sql: 'INSERT INTO erasure_passes (id) VALUES (1)', args: [] } as const;
export const closePass = { sql: 'DELETE FROM erasure_passes', args: [] } as const;

/** Of a trigger. */
export const isErasing = 'EXISTS (SELECT 1 FROM erasure_passes)';

/** Whether the statements are an erasure, and a statement changes no more than one may. */
export function mayErase(statements: readonly { sql: string }[], sql: string, table: string): boolean {
  if (statements[0]?.sql !== openPass.sql || statements.at(-1)?.sql !== closePass.sql) return false;
  const columns = erasableByPort[table];
  if (columns === undefined) return false;
  if (columns.length === 0) return sql.startsWith(`DELETE FROM ${table} WHERE `);
  const columnsSet = /^UPDATE (\w+) SET (.+)$/s.exec(sql);
  return columnsSet?.[1] === table && assigned(columnsSet[2] ?? '').every((one) => columns.includes(one));
}

/** The columns that a list of assignments sets: each stands at its beginning or behind a comma outside of brackets and texts. */
function assigned(list: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let isText = false;
  let begin = 0;
  const take = (end: number) => found.push(/^\s*"?(\w+)"?\s*=/.exec(list.slice(begin, end))?.[1] ?? '');
  for (let at = 0; at < list.length; at += 1) {
    const sign = list[at];
    if (sign === "'") isText = !isText;
    if (isText) continue;
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth > 0) continue;
    if (sign === ',') {
      take(at);
      begin = at + 1;
    }
    if (/^ WHERE /i.test(list.slice(at, at + 7))) {
      take(at);
      return found;
    }
  }
  return [''];
}
