/**
 * What customers told, a row for each thing said: feedback, each message of its thread, each answer to a question of a survey,
 * each testimonial. The order of the columns is fixed; a cell is empty when it does not apply or is not known.
 */
const columns = [
  ['id', 'stable for ever: the same row has it in every export'],
  ['kind', 'idea, praise, problem, complaint, message, survey or testimonial'],
  ['told_at', 'ISO 8601 in UTC'],
  ['reply_to', 'of a message the id of the feedback, of an answer that of the invitation'],
  ['said_by', 'customer or staff'],
  ['reference', 'the number by which customers name it'],
  ['person', 'a pseudonym, where personal data is left out'],
  ['email', 'personal data'],
  ['name', 'personal data'],
  ['account', 'company or household it was said for; personal data'],
  ['department', 'personal data'],
  ['source', 'where it was told: portal, api, till, import, survey, mention or feedback'],
  ['language', 'a code such as en'],
  ['order_source', 'with order_number the order it is about'],
  ['order_number', 'see order_source'],
  ['line', 'the line of the order'],
  ['served_by', 'who served, as the customer named them'],
  ['page', 'the page it was written on'],
  ['wants_reply', 'yes or no'],
  ['survey', 'name of the survey'],
  ['question', 'id of its question'],
  [
    'asks',
    'kind of the question: nps, satisfaction, effort, trust, commitment, topics, need, choice or text',
  ],
  ['score', 'the step of the scale'],
  ['text', 'what was said, or the id of what was chosen'],
  ['state', 'of a case, of the questionnaire (finished, partial) or of a testimonial'],
  ['state_at', 'since when, ISO 8601 in UTC'],
  ['cause', "name of the case's cause"],
  ['name_form', 'of a testimonial: first_name, initials, company or none'],
  ['shown_name', 'the name it is shown with; personal data'],
  ['consent', 'the wording the customer agreed to'],
  ['product', 'what it is about where no line of an order says so'],
  ['place', 'where it was said, or answered, if elsewhere'],
  ['url', 'its address there; personal data'],
  ['author', 'the name it was written under there; personal data'],
  ['rating', 'of five stars'],
  ['said_on', 'the business day on which it was said there'],
] as const;

export type FeedbackColumn = (typeof columns)[number][0];

export const feedbackColumns: readonly FeedbackColumn[] = columns.map(([name]) => name);

/** Every column with what it holds. */
export const columnMeanings: readonly (readonly [FeedbackColumn, string])[] = columns;

/** Empty for whoever may not read personal data; `person` stands for them. */
export const personalColumns: readonly FeedbackColumn[] = [
  'email',
  'name',
  'account',
  'department',
  'shown_name',
  'url',
  'author',
];

/** Where a column stands in a row. */
export const placeOf = (column: FeedbackColumn): number => feedbackColumns.indexOf(column);

export const exportedKinds = [
  'question',
  'idea',
  'praise',
  'problem',
  'complaint',
  'message',
  'survey',
  'testimonial',
] as const;
export type ExportedKind = (typeof exportedKinds)[number];
