import type { Statement, Value } from '../../../../db/store.ts';
import type { DaySpan } from '../days.ts';

/**
 * One of the tables in which customers' words are kept; its rows have the columns of `columns.ts`. The bound on the time beside
 * that on the place, and the index on it alone, let a page begin where the last one ended.
 */
export interface Source {
  /** Rows after a place and before the span's end, by time and id. `kinds` is a JSON array. */
  page: (asked: { kinds: string; after: PageEnd; span: DaySpan; limit: number }) => Statement;
  count: (asked: { kinds: string; span: DaySpan }) => Statement;
}

/** The row a page ended with. */
export interface PageEnd {
  at: number;
  id: string;
}

const accountName = "CASE WHEN a.kind <> 'personal' THEN r.name END";
const departmentName = "CASE WHEN a.kind = 'department' THEN a.name END";
const wanted = 'IN (SELECT value FROM json_each(?))';

const feedback: Source = {
  page: ({ kinds, after, span, limit }) => ({
    sql: `SELECT f.id, f.kind, f.at, NULL, 'customer', f.reference, f.customer_id, c.email, c.name, ${accountName}, ${departmentName},
        f.source, f.language, f.order_source, f.order_number, f.line_id, f.served_by, f.page,
        CASE f.wants_reply WHEN 1 THEN 'yes' ELSE 'no' END, NULL, NULL, NULL, NULL, f.text, k.state, k.changed_at, u.name,
        NULL, NULL, NULL, f.product, n.place, n.url, n.author, n.rating, n.said_on
      FROM feedback AS f LEFT JOIN customers AS c ON c.id = f.customer_id LEFT JOIN accounts AS a ON a.id = f.account_id
        LEFT JOIN accounts AS r ON r.id = f.root_id LEFT JOIN cases AS k ON k.feedback_id = f.id
        LEFT JOIN causes AS u ON u.id = k.cause_id LEFT JOIN feedback_mentions AS n ON n.feedback_id = f.id
      WHERE (f.at, f.id) > (?, ?) AND f.at >= ? AND f.at < ? AND +f.kind ${wanted} ORDER BY f.at, f.id LIMIT ?`,
    args: [after.at, after.id, after.at, span.to, kinds, limit],
  }),
  count: counting('feedback WHERE at >= ? AND at < ? AND kind'),
};

/** Notes that staff wrote for each other stay within. */
const messages: Source = {
  page: ({ kinds, after, span, limit }) => ({
    sql: `SELECT m.id, 'message', m.at, m.feedback_id, m."from", f.reference, f.customer_id, c.email, c.name, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, m.text, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, m.place, m.url, NULL, NULL, NULL
      FROM feedback_messages AS m JOIN feedback AS f ON f.id = m.feedback_id LEFT JOIN customers AS c ON c.id = f.customer_id
      WHERE (m.at, m.id) > (?, ?) AND m.at >= ? AND m.at < ? AND m.is_internal = 0 AND 'message' ${wanted}
      ORDER BY m.at, m.id LIMIT ?`,
    args: [after.at, after.id, after.at, span.to, kinds, limit],
  }),
  count: counting("feedback_messages WHERE at >= ? AND at < ? AND is_internal = 0 AND 'message'"),
};

/** `asks` holds the survey's version, to be put into words by its definition. */
const answers: Source = {
  page: ({ kinds, after, span, limit }) => ({
    sql: `SELECT n.invitation_id || ':' || n.question_id, 'survey', n.at, n.invitation_id, 'customer', NULL, i.customer_id, c.email, c.name,
        CASE WHEN r.kind <> 'personal' THEN r.name END, NULL, NULL, d.language, NULL, NULL, NULL, NULL, NULL, NULL,
        n.survey_id, n.question_id, i.version, n.value, n.text,
        CASE WHEN d.at IS NULL THEN 'partial' ELSE 'finished' END, d.at, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL
      FROM survey_answers AS n JOIN survey_invitations AS i ON i.id = n.invitation_id
        JOIN customers AS c ON c.id = i.customer_id JOIN accounts AS r ON r.id = i.root_id
        LEFT JOIN survey_finishes AS d ON d.invitation_id = n.invitation_id
      WHERE (n.at, n.invitation_id, n.question_id) > (?, ?, ?) AND n.at >= ? AND n.at < ? AND 'survey' ${wanted}
      ORDER BY n.at, n.invitation_id, n.question_id LIMIT ?`,
    args: [after.at, ...partsOf(after.id), after.at, span.to, kinds, limit],
  }),
  count: counting("survey_answers WHERE at >= ? AND at < ? AND 'survey'"),
};

const testimonials: Source = {
  page: ({ kinds, after, span, limit }) => ({
    sql: `SELECT t.id, 'testimonial', t.at, t.source_id, 'customer', NULL, t.customer_id, c.email, c.name,
        CASE WHEN r.kind <> 'personal' THEN r.name END, NULL, t.source, t.language, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, t.text,
        CASE WHEN w.at IS NOT NULL THEN 'withdrawn' WHEN d.decision = 'approve' THEN 'approved'
          WHEN d.decision = 'decline' THEN 'declined' ELSE 'waiting' END,
        coalesce(w.at, d.at), NULL, t.name_form, t.shown_name, t.consent,
        NULL, NULL, NULL, NULL, NULL, NULL
      FROM testimonials AS t JOIN customers AS c ON c.id = t.customer_id JOIN accounts AS r ON r.id = t.root_id
        LEFT JOIN testimonial_withdrawals AS w ON w.testimonial_id = t.id
        LEFT JOIN testimonial_decisions AS d ON d.testimonial_id = t.id
          AND d.seq = (SELECT max(seq) FROM testimonial_decisions WHERE testimonial_id = t.id)
      WHERE (t.at, t.id) > (?, ?) AND t.at >= ? AND t.at < ? AND 'testimonial' ${wanted} ORDER BY t.at, t.id LIMIT ?`,
    args: [after.at, after.id, after.at, span.to, kinds, limit],
  }),
  count: counting("testimonials WHERE at >= ? AND at < ? AND 'testimonial'"),
};

export const sources: readonly Source[] = [feedback, messages, answers, testimonials];

function counting(from: string): Source['count'] {
  return ({ kinds, span }) => ({
    sql: `SELECT count(*) FROM ${from} ${wanted}`,
    args: [span.from, span.to, kinds],
  });
}

/** The invitation and the question of an answer's id. */
function partsOf(id: string): Value[] {
  const colon = id.indexOf(':');
  return colon < 0 ? [id, ''] : [id.slice(0, colon), id.slice(colon + 1)];
}
