import type { Context } from '../../ground/platform/context.ts';
import { assertOwner } from './assert-owner.ts';
import { listStaffRows } from './queries.ts';

export type StaffMember = Awaited<ReturnType<typeof listStaffRows>>[number];

/** Everybody who works or worked here, by email. @throws {AppError} `forbidden` */
export async function listStaff(ctx: Context): Promise<StaffMember[]> {
  assertOwner(ctx);
  return listStaffRows(ctx.db);
}
