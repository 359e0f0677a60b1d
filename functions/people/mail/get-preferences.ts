import { desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { customers, mailPreferences } from '../../../db/schema/index.ts';
import { type ChoosableTopic, choosableTopics } from '../../ground/outbox/letter-kind.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { wantsNews } from '../joining/consents.ts';
import { assertSelf } from '../sign-in/assert-self.ts';
import { listSuppressed } from './list-suppressed.ts';

export interface MailPreferences {
  email: string;
  topics: { topic: ChoosableTopic; isOn: boolean }[];
  /** Why less mail goes to the address than its owner chose. */
  suppressed: ('bounced' | 'complained')[];
}

const findEmail = query((db) =>
  db
    .select({ email: customers.email })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('customerId'))),
);

const listChoices = query((db) =>
  db
    .select({ topic: mailPreferences.topic, isOn: mailPreferences.isOn })
    .from(mailPreferences)
    .where(eq(mailPreferences.customerId, sql.placeholder('customerId')))
    .orderBy(desc(mailPreferences.id)),
);

/** Which mail a customer gets. @throws {AppError} `not_found` for somebody else's */
export async function getPreferences(
  ctx: Context,
  { customerId }: { customerId: string },
): Promise<MailPreferences> {
  assertSelf(ctx, customerId);
  const db = ctx.db.fresh;
  const [[reader], choices, wanted, suppressed] = await Promise.all([
    findEmail(db, { customerId }),
    listChoices(db, { customerId }),
    wantsNews(ctx, { customerId }),
    listSuppressed(db, { customerId, address: null }),
  ]);
  if (reader === undefined) throw new AppError('not_found', 'There is no such customer.');
  const isOn = (topic: ChoosableTopic) =>
    topic === 'news' ? wanted : (choices.find((choice) => choice.topic === topic)?.isOn ?? true);
  return {
    email: reader.email ?? '',
    topics: choosableTopics.map((topic) => ({ topic, isOn: isOn(topic) })),
    suppressed: suppressed.map(({ reason }) => reason),
  };
}
