import type { Room } from '../../ground/room.ts';
import { opinionRoutes } from './routes.ts';
import { opinionFields } from './segment-fields.ts';

export const opinionsRoom: Room = {
  name: 'opinions',
  routes: opinionRoutes,
  segmentFields: opinionFields,
};
