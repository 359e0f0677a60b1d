import { forecastRecords } from '../../../db/schema/index.ts';
import type { Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { forecastCovariate } from './policies.ts';
import { forecastRoutes } from './routes.ts';
import { isForecastDue } from './runs/begin-run.ts';
import { workOnForecasts } from './runs/work-on-forecasts.ts';
import { forecastFields } from './segment-fields.ts';

export const forecastsRoom: Room = {
  name: 'forecasts',
  kept: 'insight',
  routes: forecastRoutes,
  policies: [forecastCovariate],
  segmentFields: forecastFields,
  jobs: [{ name: 'forecasts', everyMinutes: 1, run: workOnForecasts, isLast: true, hasWork: isForecastDue }],
  tables: [takenHome(forecastRecords)],
  tablesLeft: {
    forecast_runs: {
      why: 'How far the forecasts of this database have come; they are made anew.',
      isMadeAnew: true,
    },
    forecast_fits: { why: 'Follows from sums of orders.', isMadeAnew: true },
    account_forecasts: { why: 'Follows from sums of orders.', isMadeAnew: true },
    forecast_promises: { why: 'What this database has said and has yet to be held to.', isMadeAnew: true },
  },
};
