import { clubRoutes } from './club/routes.ts';
import { customerRoutes } from './customers/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { feedbackRoutes } from './feedback/routes.ts';
import { householdRoutes } from './households/routes.ts';
import type { AppDeps } from './http/api.ts';
import { createBaseApp } from './http/base-app.ts';
import { documentationRoutes } from './http/documentation.ts';
import { joiningRoutes } from './joining/routes.ts';
import { webhookRoutes } from './mail/routes.ts';
import { orderRoutes } from './orders/routes.ts';
import { redemptionRoutes } from './redemptions/routes.ts';
import { referralRoutes } from './referrals/routes.ts';
import { surveyRoutes } from './surveys/routes.ts';

export type { AppDeps } from './http/api.ts';

/** The API: every room's routes under `/api/v1`, beside `/healthz` and `/readyz` (DOMAIN §4). */
export function createApp(deps: AppDeps) {
  const app = createBaseApp(deps);
  return app
    .route('/', webhookRoutes)
    .route('/api/v1', documentationRoutes(app))
    .route('/api/v1', exportRoutes)
    .route('/api/v1', orderRoutes)
    .route('/api/v1', customerRoutes)
    .route('/api/v1', redemptionRoutes)
    .route('/api/v1', joiningRoutes)
    .route('/api/v1', householdRoutes)
    .route('/api/v1', clubRoutes)
    .route('/api/v1', referralRoutes)
    .route('/api/v1', feedbackRoutes)
    .route('/api/v1', surveyRoutes);
}

export type Api = ReturnType<typeof createApp>;
