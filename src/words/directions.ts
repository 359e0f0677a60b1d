/** A map with the way to an address; it is asked only when somebody follows the link. */
export function directionsHref(address: string): string {
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`;
}
