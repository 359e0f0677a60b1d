import type { Room } from '../../ground/room.ts';
import { valueRoutes } from './routes.ts';

export const valueRoom: Room = {
  name: 'value',
  routes: valueRoutes,
};
