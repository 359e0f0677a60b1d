import type { Room } from '../../ground/room.ts';
import { changeRoutes } from './routes.ts';

export const changesRoom: Room = {
  name: 'changes',
  routes: changeRoutes,
};
