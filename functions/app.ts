import { customerRoutes } from './customers/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import type { AppDeps } from './http/api.ts';
import { createBaseApp } from './http/base-app.ts';
import { documentationRoutes } from './http/documentation.ts';
import { orderRoutes } from './orders/routes.ts';
import { redemptionRoutes } from './redemptions/routes.ts';

export type { AppDeps } from './http/api.ts';

/** The API: every room's routes under `/api/v1`, beside `/healthz` and `/readyz` (DOMAIN §4). */
export function createApp(deps: AppDeps) {
  const app = createBaseApp(deps);
  return app
    .route('/api/v1', documentationRoutes(app))
    .route('/api/v1', exportRoutes)
    .route('/api/v1', orderRoutes)
    .route('/api/v1', customerRoutes)
    .route('/api/v1', redemptionRoutes);
}

export type Api = ReturnType<typeof createApp>;
