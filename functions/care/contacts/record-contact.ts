import type { AnsweredRequest } from '../../ground/http/idempotency.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { refuseFields, wrongField } from '../../ground/platform/parse-input.ts';
import { listCustomersByAnyEmail } from '../../people/customers/find-customer.ts';
import type { LoggedContactAnswer, RecordContactInput } from './api-schema.ts';
import { type LoggedContact, logContact } from './log-contact.ts';
import { findColleague } from './queries.ts';

/**
 * Writes down what another system, such as a telephone's, tells of a contact.
 * @throws {AppError} as `logContact`
 */
export async function recordContact(
  ctx: Context,
  { customer, staff, nextStep, account, at, seconds, missed, ...told }: RecordContactInput,
  { alongside }: Required<Alongside<LoggedContactAnswer>>,
): Promise<AnsweredRequest<LoggedContactAnswer>> {
  const [customerId, staffId, stepStaffId] = await Promise.all([
    customer === null ? null : customerIdBy(ctx, customer.email),
    colleagueId(ctx, 'staff', staff),
    colleagueId(ctx, 'nextStep.staff', nextStep?.staff ?? null),
  ]);
  const input = {
    ...told,
    ...{ customerId, staffId, accountId: account, at: at ?? null, durationS: seconds, isMissed: missed },
    nextStep: nextStep === null ? null : { what: nextStep.what, dueOn: nextStep.on, staffId: stepStaffId },
    source: 'api' as const,
    key: null,
  };
  const also = (made: LoggedContact) => ({ beside: alongside(toLoggedAnswer(made), 201) });
  const logged = await logContact(ctx, input, also).catch(refuseByBodyPaths);
  const answer = toLoggedAnswer(logged);
  if (!logged.isKnown) return { status: 201, answer };
  await ctx.db.write(alongside(answer, 200));
  return { status: 200, answer };
}

/** What the body calls what `logContact` does otherwise. */
const bodyPaths: Readonly<Record<string, string>> = {
  ...{ isMissed: 'missed', durationS: 'seconds', staffId: 'staff', accountId: 'account' },
  ...{ 'nextStep.dueOn': 'nextStep.on', 'nextStep.staffId': 'nextStep.staff' },
};

function refuseByBodyPaths(error: unknown): never {
  if (error instanceof AppError && error.code === 'validation_failed')
    refuseFields(error.errors.map((wrong) => ({ ...wrong, path: bodyPaths[wrong.path] ?? wrong.path })));
  throw error;
}

async function customerIdBy(ctx: Context, email: string): Promise<string> {
  const [customer] = await listCustomersByAnyEmail(ctx.db.fresh, { email });
  if (customer === undefined) throw new AppError('not_found', 'There is no such customer.');
  return customer.id;
}

async function colleagueId(ctx: Context, path: string, email: string | null): Promise<string | null> {
  if (email === null) return null;
  const found = await findColleague(ctx.db.fresh, { who: email });
  if (found === null) throw wrongField(path, 'unknown_staff', 'is nobody who works here');
  return found.id;
}

function toLoggedAnswer({ id, customerId, accountId, taskId, at }: LoggedContact): LoggedContactAnswer {
  return { id, customerId, accountId, taskId, at: instantText(at) };
}
