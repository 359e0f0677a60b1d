import type { Context } from '../../ground/platform/context.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { listCustomersByAnyEmail } from '../customers/find-customer.ts';

/** The customer a preview is shown for, by the address of today or else one they had before. @throws {AppError} `validation_failed` */
export async function readerByEmail({ db }: Context, email: string) {
  const found = await listCustomersByAnyEmail(db, { email });
  const reader = found.find((customer) => customer.email === email) ?? found[0];
  if (reader === undefined) throw wrongField('email', 'unknown', 'is the address of no customer');
  return reader;
}
