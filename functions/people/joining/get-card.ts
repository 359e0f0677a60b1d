import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { qrSquares } from '../../ground/platform/qr-squares.ts';
import { findOwner } from '../sign-in/find-owner.ts';
import { cardText } from './member-number.ts';

export interface Card {
  memberNumber: string;
  name: string | null;
  /** The dark squares of the QR code, row by row. */
  squares: boolean[][];
}

/** What the signed-in customer shows at the till. @throws {AppError} `not_found`, `unauthenticated` */
export async function getCard(ctx: Context): Promise<Card> {
  const [customer] = await findOwner(ctx.db, { id: customerIdOf(ctx) });
  if (customer === undefined || customer.memberNumber === null)
    throw new AppError('not_found', 'There is no card.');
  const { memberNumber, name } = customer;
  return {
    memberNumber,
    name,
    squares: qrSquares(cardText(memberNumber)),
  };
}
