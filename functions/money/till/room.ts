import type { Room } from '../../ground/room.ts';

export const tillRoom: Room = { name: 'till' };
