import { insertInto } from '../../../db/query.ts';
import { mailPreferences } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { ChoosableTopic } from '../../ground/outbox/letter-kind.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { setNews } from '../joining/consents.ts';
import { assertSelf } from '../sign-in/assert-self.ts';
import { findReader } from './queries.ts';
import { readUnsubscribeToken } from './unsubscribe-token.ts';

export interface TopicChoice {
  customerId: string;
  topic: ChoosableTopic;
  isOn: boolean;
  /** A button in a mail program, the page a mail leads to, or the settings. */
  source: 'one_click' | 'mail' | 'settings';
}

const insertPreference = insertInto(mailPreferences);

/**
 * Switches mail of a topic off or on for a customer; saying the same again changes nothing.
 * @throws {AppError} `not_found` for somebody else's
 */
export async function setTopic(ctx: Context, choice: TopicChoice): Promise<void> {
  assertSelf(ctx, choice.customerId);
  const { customerId, topic, isOn } = choice;
  const db = ctx.db.fresh;
  const [[reader], places] = await Promise.all([
    findReader(db, { customerId, topic }),
    listPlaces(db, customerId),
  ]);
  if (reader === undefined) throw new AppError('not_found', 'There is no such customer.');
  if (reader.isTopicOn === isOn) return;
  if (topic === 'news') return setNewsOf(ctx, choice, reader.language);
  const rows = [preference(ctx, choice)];
  const [place] = places;
  if (place === undefined) return writeDecision(ctx, { rows });
  const kind = isOn ? 'mail_topic_on' : 'mail_topic_off';
  await writeHistory(ctx, place.rootId, () => ({ history: { kind, detail: { topic } }, rows }));
}

/**
 * The same for whoever holds a mail: the token in its foot is all they need, signed in or not.
 * @throws {AppError} `not_found` when the token is not ours
 */
export async function setTopicByToken(
  ctx: Context,
  { token, ...choice }: { token: string } & Pick<TopicChoice, 'isOn' | 'source'>,
): Promise<void> {
  const reader = readUnsubscribeToken(ctx.config.secret, token);
  if (reader === null) throw new AppError('not_found', 'This link is not whole.');
  const asReader: Context = { ...ctx, actor: { kind: 'customer', id: reader.customerId } };
  await setTopic(asReader, { ...reader, ...choice });
}

function preference(ctx: Context, { customerId, topic, isOn, source }: TopicChoice): Statement {
  const at = ctx.now();
  return insertPreference({ id: newId(), customerId, topic, isOn, source, at, actor: actorName(ctx.actor) });
}

/** News is a consent, kept with its wording. */
function setNewsOf(
  ctx: Context,
  { customerId, isOn, source }: TopicChoice,
  language: string | null,
): Promise<void> {
  const asReader: Context = { ...ctx, actor: { kind: 'customer', id: customerId } };
  return setNews(asReader, {
    isWanted: isOn,
    language,
    source: source === 'settings' ? 'settings' : 'mail',
  });
}
