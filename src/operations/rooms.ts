import type { Context } from '../../functions/platform/context.ts';

/** What pages ask of each room, on behalf of whoever is signed in. */
export function openRooms(_ctx: Context) {
  return {};
}

export type Rooms = ReturnType<typeof openRooms>;
