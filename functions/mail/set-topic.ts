import { insertInto } from '../../db/query.ts';
import { mailPreferences } from '../../db/schema/index.ts';
import type { Statement } from '../../db/store.ts';
import { note } from '../accounts/note.ts';
import { listPlaces } from '../accounts/places.ts';
import { setNews } from '../joining/consents.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { assertSelf } from '../sign-in/assert-self.ts';
import type { ChoosableTopic } from './letters/mail-kind.ts';
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
  if ((Number(reader.isTopicOn) === 1) === isOn) return;
  if (topic === 'news') return setNewsOf(ctx, choice, reader.language);
  const statements = [preference(ctx, choice)];
  const [place] = places;
  if (place === undefined) await ctx.db.write(statements);
  else {
    const kind = isOn ? 'mail_topic_on' : 'mail_topic_off';
    await note(ctx, place.rootId, () => ({ kind, detail: { topic }, statements, result: undefined }));
  }
}

/**
 * The same for whoever holds a mail: the token in its foot is all they need, signed in or not.
 * @throws {AppError} `not_found` when the token is not ours
 */
export async function setTopicByToken(
  ctx: Context,
  { token, ...choice }: { token: string } & Pick<TopicChoice, 'isOn' | 'source'>,
): Promise<void> {
  const given = readUnsubscribeToken(ctx.config.secret, token);
  if (given === null) throw new AppError('not_found', 'This link is not whole.');
  const asReader: Context = { ...ctx, actor: { kind: 'customer', id: given.customerId } };
  await setTopic(asReader, { ...given, ...choice });
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
