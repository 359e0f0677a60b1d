import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import type { Context, Role } from '../../ground/platform/context.ts';
import { chaptersFor } from './chapters.ts';
import { listReaders } from './queries.ts';

/** How far somebody of the team has read the guide of their role. */
export interface GuideProgress {
  staff: { id: string; name: string; role: Role };
  read: number;
  of: number;
  lastAt: number | null;
}

const readChapters = z.array(z.string());

/** Of who works here, by name. @throws {AppError} `forbidden`, `scope_missing` */
export async function listGuideProgress(ctx: Context): Promise<GuideProgress[]> {
  allow(ctx.actor, 'settings:read');
  const rows = await listReaders(ctx.db);
  return rows.map(({ read, lastAt, ...staff }) => {
    const known = readChapters.parse(JSON.parse(read));
    const own = chaptersFor(staff.role);
    return {
      ...{ staff, lastAt, of: own.length },
      read: own.filter(({ name }) => known.includes(name)).length,
    };
  });
}
