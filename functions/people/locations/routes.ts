import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { getLocations, type LocationNow } from './get-locations.ts';
import {
  locationAnswer,
  locationExample,
  locationSetAnswer,
  setLocationInput,
  setSpecialDayInput,
  specialDayExample,
  specialDaySetAnswer,
} from './schema.ts';
import { setLocation } from './set-location.ts';
import { setSpecialDay } from './set-special-day.ts';

/** `/locations` of the API, and the days on which they have other hours. */
export const locationRoutes = new Hono<ApiEnv>()
  .get(
    '/locations',
    reading({
      tag: 'Locations',
      scope: 'settings:read',
      summary: 'Where customers find the business, and whether it is open now',
      params: nothing,
      query: nothing,
      answer: listAnswer(locationAnswer),
      success: { 200: 'All of them, by name; the business itself where none is kept.' },
      refusals: [],
      run: async (ctx) => ({ items: (await getLocations(ctx)).map(toAnswer), nextCursor: null }),
    }),
  )
  .post(
    '/locations',
    writing({
      tag: 'Locations',
      scope: 'settings:write',
      summary: 'Add a location, or change one',
      params: nothing,
      body: setLocationInput,
      example: locationExample,
      answer: locationSetAnswer,
      success: { 200: 'Customers find it from now on.' },
      refusals: ['not_found'],
      run: async (ctx, { body, options }) => ({ status: 200, answer: await setLocation(ctx, body, options) }),
    }),
  )
  .post(
    '/locations/special-days',
    writing({
      tag: 'Locations',
      scope: 'settings:write',
      summary: 'Set a day with other hours, or take it back',
      params: nothing,
      body: setSpecialDayInput,
      example: specialDayExample,
      answer: specialDaySetAnswer,
      success: { 200: 'It stands in place of what the week says.' },
      refusals: ['not_found'],
      run: async (ctx, { body, options }) => ({
        status: 200,
        answer: await setSpecialDay(ctx, body, options),
      }),
    }),
  );

function toAnswer({ state, special, ...location }: LocationNow) {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    ...location,
    directions: { ...location.directions },
    isOpen: state?.isOpen ?? null,
    until: state?.isOpen === true ? iso(state.until) : null,
    opensAt: state?.isOpen === false ? iso(state.from) : null,
    specialDays: special.map((one) => ({ ...one, names: { ...one.names } })),
  };
}
