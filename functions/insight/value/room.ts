import type { Room } from '../../ground/room.ts';
import { categoryMargins, margin } from './policies.ts';
import { valueRoutes } from './routes.ts';

export const valueRoom: Room = {
  name: 'value',
  routes: valueRoutes,
  policies: [margin, categoryMargins],
};
