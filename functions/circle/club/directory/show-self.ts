import { insertInto } from '../../../../db/query.ts';
import { directoryChoices, directoryMessages } from '../../../../db/schema/index.ts';
import { customerIdOf } from '../../../ground/platform/allow.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError, type FieldError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { refuseFields } from '../../../ground/platform/parse-input.ts';
import { choosePlace, listOwnPlaces } from '../../../money/accounts/own-places.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { looksLikeLink } from '../../../people/households/looks-like-link.ts';
import { findPerson } from '../queries.ts';
import { assertMember, isMemberNow } from '../standing.ts';
import { countWritten, listShown } from './queries.ts';

const insertChoice = insertInto(directoryChoices);
const insertMessage = insertInto(directoryMessages);
const MESSAGES_A_DAY = 10;

export interface ShowSelfInput {
  accountId: string | null;
  isShown: boolean;
  name: string;
  company: string;
  interests: string;
}

/** Shows oneself in the members' directory, or no longer. @throws {AppError} `club_not_a_member`, `validation_failed` */
export async function showSelf(ctx: Context, input: ShowSelfInput): Promise<void> {
  const customerId = customerIdOf(ctx);
  const { rootId } = await choosePlace(ctx, await listOwnPlaces(ctx), input.accountId);
  const [name, company, interests] = [input.name.trim(), input.company.trim(), input.interests.trim()];
  refuseFields([
    ...wordErrors('name', name, 120),
    ...(input.isShown && name === '' ? [wrong('name', 'is needed')] : []),
    ...wordErrors('company', company, 120),
    ...Object.entries({ name, company }).flatMap(([path, text]) =>
      looksLikeLink(text) ? [wrong(path, 'must not look like a web address')] : [],
    ),
    ...wordErrors('interests', interests, 500),
  ]);
  await writeHistory(ctx, rootId, async (seen) => {
    if (input.isShown) assertMember(await isMemberNow(seen.db.fresh, { accountId: rootId, now: ctx.now() }));
    const row = { customerId, accountId: rootId, isShown: input.isShown, name };
    return {
      history: { kind: input.isShown ? 'directory_shown' : 'directory_left' },
      rows: [
        insertChoice({
          ...row,
          id: newId(),
          company: company || null,
          interests: interests || null,
          at: ctx.now(),
        }),
      ],
    };
  });
}

/**
 * Writes to another member by mail, without either's address, unless the writer gives theirs. Both have to show
 * themselves; ten messages a day at the most.
 * @throws {AppError} `not_found`, `validation_failed`, `too_many_requests`
 */
export async function writeToMember(
  ctx: Context,
  input: { accountId: string | null; toId: string; text: string; givesAddress: boolean },
): Promise<void> {
  const customerId = customerIdOf(ctx);
  const { rootId } = await choosePlace(ctx, await listOwnPlaces(ctx), input.accountId);
  const text = input.text.trim();
  refuseFields([...wordErrors('text', text, 2000), ...(text === '' ? [wrong('text', 'is needed')] : [])]);
  const { toId, givesAddress } = input;
  await writeHistory(ctx, rootId, async (seen) => {
    const db = seen.db.fresh;
    const now = ctx.now();
    const [shown, [written], [person]] = await Promise.all([
      listShown(db, { customerId }),
      countWritten(db, { customerId, since: now - DAY_MS }),
      findPerson(db, { id: customerId }),
    ]);
    const self = shown.find((one) => one.customerId === customerId);
    if (self === undefined || toId === customerId || !shown.some((one) => one.customerId === toId))
      throw new AppError('not_found', 'There is no such member in the directory.');
    if ((written?.messages ?? 0) >= MESSAGES_A_DAY)
      throw new AppError('too_many_requests', 'That is enough for today.', { retry_after_s: 86_400 });
    const params = { from: self.name, text, address: givesAddress ? (person?.email ?? null) : null };
    return {
      history: { kind: 'directory_written' },
      rows: [insertMessage({ id: newId(), fromId: customerId, toId, text, givesAddress, at: now })],
      letters: [{ template: 'directory_message', params, customerId: toId }],
    };
  });
  ctx.wakeMail('soon');
}

function wordErrors(path: string, text: string, length_max: number): FieldError[] {
  const isFine = text.length <= length_max && !text.includes('\0') && text.isWellFormed();
  return isFine ? [] : [wrong(path, `has at most ${length_max} characters`)];
}

const wrong = (path: string, message: string): FieldError => ({ path, code: 'invalid_text', message });
