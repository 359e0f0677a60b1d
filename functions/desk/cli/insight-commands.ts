import type { ListedCommand } from './command.ts';

/** The commands about what is known of customers, in the order in which help shows them. */
export const insightCommands: Readonly<Record<string, ListedCommand>> = {
  'facts rebuild': {
    summary: 'Count what is known of each account anew',
    load: async () => (await import('./facts.ts')).rebuild,
  },
  numbers: {
    summary: 'Show figures over all customers',
    load: async () => (await import('./numbers.ts')).numbers,
  },
  levels: {
    summary: 'Show how far relationships have come, and who moved',
    load: async () => (await import('./numbers.ts')).levelsShown,
  },
  hits: {
    summary: 'Show which pages of the portal are read',
    load: async () => (await import('./hits.ts')).hits,
  },
  'margins list': {
    summary: 'Show what is left of spend, by product and category',
    load: async () => (await import('./margins.ts')).marginsListed,
  },
  'margins set': {
    summary: 'Tell the margin of a product, a category or all the rest',
    load: async () => (await import('./margins.ts')).marginSet,
  },
  'margins import': {
    summary: 'Tell many margins from a CSV',
    load: async () => (await import('./margins.ts')).marginsImported,
  },
  'segments list': {
    summary: 'Show the segments',
    load: async () => (await import('./segments.ts')).listedSegments,
  },
  'segments set': {
    summary: 'Say what a segment asks',
    load: async () => (await import('./segments.ts')).setSegment,
  },
  'segments remove': {
    summary: 'Remove a segment',
    load: async () => (await import('./segments.ts')).removeSegment,
  },
  'segments count': {
    summary: 'Count the accounts that a question fits',
    load: async () => (await import('./segments.ts')).countedSegment,
  },
  'segments members': {
    summary: 'Show who is in a segment',
    load: async () => (await import('./segments.ts')).segmentMembers,
  },
  'segments why': {
    summary: 'Tell why somebody is in a segment',
    load: async () => (await import('./segments.ts')).segmentWhy,
  },
  'forecasts evaluate': {
    summary: 'Try how well purchases are forecast',
    load: async () => (await import('./forecasts.ts')).evaluateForecasts,
  },
  'forecasts fit': {
    summary: 'Make all forecasts anew, now',
    load: async () => (await import('./forecasts.ts')).fitForecasts,
  },
  'forecasts show': {
    summary: 'Show what a customer is likely to buy',
    load: async () => (await import('./forecasts.ts')).showForecast,
  },
  'recommendations show': {
    summary: 'Show what to recommend to a customer, and why',
    load: async () => (await import('./recommendations.ts')).show,
  },
  'recommendations evaluate': {
    summary: 'Measure recommendations against what is popular',
    load: async () => (await import('./recommendations.ts')).evaluate,
  },
  'recommendations rebuild': {
    summary: 'Count anew which products go together',
    load: async () => (await import('./recommendations.ts')).rebuild,
  },
};
