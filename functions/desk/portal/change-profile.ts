import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { optionalName } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { customerCells } from '../../people/customers/customer-fields.ts';

const profileName = z.strictObject({ name: optionalName(120) });
const profileLanguage = z.strictObject({ language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/) });

/** Sets what the signed-in customer is called; empty for no name. @throws {AppError} `validation_failed` */
export async function rename(ctx: Context, asked: { name: string }): Promise<void> {
  const { name } = parseInput(profileName, asked);
  await ctx.db.write([statement('UPDATE customers SET name = ? WHERE id = ?', name, customerIdOf(ctx))]);
}

const profileContact = z.strictObject({ phone: customerCells.phone, address: customerCells.address });

/**
 * Sets how the signed-in customer is reached beside email; empty for no telephone or address.
 * @throws {AppError} `validation_failed` (`phone`, `address`)
 */
export async function setContact(ctx: Context, asked: { phone: string; address: string }): Promise<void> {
  const { phone, address } = parseInput(profileContact, asked);
  await ctx.db.write([
    statement('UPDATE customers SET phone = ?, address = ? WHERE id = ?', phone, address, customerIdOf(ctx)),
  ]);
}

/** What is kept of how the signed-in customer is reached beside email. */
export async function getContact(ctx: Context): Promise<{ phone: string | null; address: string | null }> {
  const [row] = await ctx.db.fresh.read(
    statement('SELECT phone, address FROM customers WHERE id = ?', customerIdOf(ctx)),
  );
  const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
  return { phone: textOf(row?.[0]), address: textOf(row?.[1]) };
}

/** Sets the language of the signed-in customer's mail, as a BCP 47 tag. @throws {AppError} `validation_failed` */
export async function setLanguage(ctx: Context, asked: { language: string }): Promise<void> {
  const { language } = parseInput(profileLanguage, asked);
  await ctx.db.write([
    statement('UPDATE customers SET language = ? WHERE id = ?', language, customerIdOf(ctx)),
  ]);
}
