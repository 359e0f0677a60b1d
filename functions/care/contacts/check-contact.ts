import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { FieldError } from '../../ground/platform/errors.ts';
import { refuseFields } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findColleague } from './queries.ts';
import type { ContactDraft } from './schema.ts';

/** Clocks of telephones and of this house differ. */
const AHEAD_MS_MAX = 5 * 60_000;
const STEP_DAYS_MOST = 730;

type Content = Pick<ContactDraft, 'channel' | 'isMissed' | 'at' | 'staffId'>;

/** Refuses what no schema can. @throws {AppError} `validation_failed` */
export async function checkContact(ctx: Context, draft: ContactDraft): Promise<void> {
  const { direction, wantsAnswer, customerId, accountId, number, nextStep } = draft;
  refuseFields([
    ...(await wrongContent(ctx, draft)),
    ...(wantsAnswer && direction === 'out'
      ? [{ path: 'wantsAnswer', code: 'not_incoming', message: 'is for what came in' }]
      : []),
    ...(customerId === null && accountId === null && number === null
      ? [{ path: 'customer', code: 'required', message: 'is required, or a number or account' }]
      : []),
    ...(nextStep === null ? [] : await wrongStep(ctx, nextStep)),
  ]);
}

/** What is wrong with what is said of a contact, also when it is corrected. */
export async function wrongContent(
  ctx: Context,
  { channel, isMissed, at, staffId }: Content,
): Promise<FieldError[]> {
  return [
    ...(isMissed && channel !== 'phone'
      ? [{ path: 'isMissed', code: 'no_call', message: 'is for calls alone' }]
      : []),
    ...(at !== null && at > ctx.now() + AHEAD_MS_MAX
      ? [{ path: 'at', code: 'in_future', message: 'may not lie in the future' }]
      : []),
    ...(await wrongColleague(ctx, 'staffId', staffId)),
  ];
}

async function wrongStep(
  ctx: Context,
  { dueOn, staffId }: NonNullable<ContactDraft['nextStep']>,
): Promise<FieldError[]> {
  const { timeZone } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  const isFar = dueOn < today || dueOn > addDays(today, STEP_DAYS_MOST);
  const message = `has to be a day from today on, within ${STEP_DAYS_MOST} days`;
  return [
    ...(isFar ? [{ path: 'nextStep.dueOn', code: 'invalid_date', message }] : []),
    ...(await wrongColleague(ctx, 'nextStep.staffId', staffId)),
  ];
}

async function wrongColleague(ctx: Context, path: string, staffId: string | null): Promise<FieldError[]> {
  if (staffId === null) return [];
  const found = await findColleague(ctx.db.fresh, { who: staffId });
  return found?.id === staffId ? [] : [{ path, code: 'unknown_staff', message: 'is nobody who works here' }];
}
