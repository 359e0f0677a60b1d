import { insertInto, statement } from '../../../db/query.ts';
import { consents } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { newId } from '../../ground/platform/ids.ts';
import type { ConsentText } from './consent-texts.ts';

const insertConsent = insertInto(consents);

export type ConsentSource = (typeof consents.$inferInsert)['source'];

/** The statements that keep a consent, or its withdrawal, with the wording that was shown. */
export function recordConsent(given: {
  customerId: string;
  text: ConsentText;
  isGiven: boolean;
  source: ConsentSource;
  /** Of what somebody else wrote down: how they know. */
  basis?: string | null;
  at: number;
  /** As `actorName` words it. */
  actor: string;
}): Statement[] {
  const { customerId, text, isGiven, source, basis = null, at, actor } = given;
  const { kind, version } = text;
  const row = { id: newId(), customerId, kind, isGiven, version, source, basis, at, actor };
  return [keepText(text, at), insertConsent(row)];
}

/** A wording is kept when it is first agreed to. */
export function keepText({ version, kind, language, text }: ConsentText, at: number): Statement {
  return statement(
    `INSERT INTO consent_texts (version, kind, language, text, first_shown_at) SELECT ?, ?, ?, ?, ?
     WHERE NOT EXISTS (SELECT 1 FROM consent_texts WHERE version = ?)`,
    version,
    kind,
    language,
    text,
    at,
    version,
  );
}
