/** What shops of a country mostly keep their books in, and its clock. */
interface Place {
  currency: string;
  timeZone: string;
}

/** By ISO 3166 code; the capital's clock where a country has several. */
const places: Readonly<Record<string, readonly [currency: string, timeZone: string]>> = {
  AT: ['EUR', 'Europe/Vienna'],
  AU: ['AUD', 'Australia/Sydney'],
  BE: ['EUR', 'Europe/Brussels'],
  BG: ['EUR', 'Europe/Sofia'],
  BR: ['BRL', 'America/Sao_Paulo'],
  CA: ['CAD', 'America/Toronto'],
  CH: ['CHF', 'Europe/Zurich'],
  CZ: ['CZK', 'Europe/Prague'],
  DE: ['EUR', 'Europe/Berlin'],
  DK: ['DKK', 'Europe/Copenhagen'],
  EE: ['EUR', 'Europe/Tallinn'],
  ES: ['EUR', 'Europe/Madrid'],
  FI: ['EUR', 'Europe/Helsinki'],
  FR: ['EUR', 'Europe/Paris'],
  GB: ['GBP', 'Europe/London'],
  GR: ['EUR', 'Europe/Athens'],
  HR: ['EUR', 'Europe/Zagreb'],
  HU: ['HUF', 'Europe/Budapest'],
  IE: ['EUR', 'Europe/Dublin'],
  IL: ['ILS', 'Asia/Jerusalem'],
  IN: ['INR', 'Asia/Kolkata'],
  IT: ['EUR', 'Europe/Rome'],
  JP: ['JPY', 'Asia/Tokyo'],
  LT: ['EUR', 'Europe/Vilnius'],
  LV: ['EUR', 'Europe/Riga'],
  MD: ['MDL', 'Europe/Chisinau'],
  NL: ['EUR', 'Europe/Amsterdam'],
  NO: ['NOK', 'Europe/Oslo'],
  NZ: ['NZD', 'Pacific/Auckland'],
  PL: ['PLN', 'Europe/Warsaw'],
  PT: ['EUR', 'Europe/Lisbon'],
  RO: ['RON', 'Europe/Bucharest'],
  SE: ['SEK', 'Europe/Stockholm'],
  SI: ['EUR', 'Europe/Ljubljana'],
  SK: ['EUR', 'Europe/Bratislava'],
  TR: ['TRY', 'Europe/Istanbul'],
  UA: ['UAH', 'Europe/Kyiv'],
  US: ['USD', 'America/New_York'],
};

const unique = (texts: readonly string[]) => [...new Set(texts)].sort();
export const knownCurrencies: readonly string[] = unique(Object.values(places).map(([code]) => code));
export const knownTimeZones: readonly string[] = unique(Object.values(places).map(([, zone]) => zone));

/** The zone that somebody means who leaves out the part of the world, or writes spaces; else what they typed. */
export function zoneMeant(typed: string): string {
  const wanted = typed.trim().toLowerCase().replaceAll(' ', '_');
  const all = [...knownTimeZones, ...Intl.supportedValuesOf('timeZone')];
  const isMeant = (zone: string) =>
    zone.toLowerCase() === wanted || zone.toLowerCase().endsWith(`/${wanted}`);
  return (wanted !== '' && all.find(isMeant)) || typed.trim();
}

/** A guess by what a browser asks to be spoken to in; null where that says no country we know. */
export function guessPlace(acceptLanguage: string | null): Place | null {
  for (const part of (acceptLanguage ?? '').slice(0, 200).split(',')) {
    const place = places[countryOf(part.split(';')[0]?.trim() ?? '') ?? ''];
    if (place !== undefined) return { currency: place[0], timeZone: place[1] };
  }
  return null;
}

function countryOf(tag: string): string | null {
  try {
    return new Intl.Locale(tag).maximize().region ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
