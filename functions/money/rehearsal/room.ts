import type { Room } from '../../ground/room.ts';
import { rehearsalRoutes } from './routes.ts';

export const rehearsalRoom: Room = { name: 'rehearsal', routes: rehearsalRoutes };
