/**
 * Days with the month by its English name (`Jul-21-25`, `21-Jul-25`, `Sep-30-26 23:45:00`) as ISO 8601; other text as
 * it was.
 */
export function namedMonthDay(text: string): string {
  const [date = '', time] = text.trim().split(' ');
  const parts = date.split('-');
  const month = parts.map(monthOf).find((found) => found !== null);
  const numbers = parts.filter((part) => /^\d{1,4}$/.test(part));
  const [day = '', year = ''] = numbers;
  if (parts.length !== 3 || numbers.length !== 2 || month == null) return text;
  const iso = `${year.length === 2 ? `20${year}` : year}-${month}-${day.padStart(2, '0')}`;
  return time === undefined || !/^\d{2}:\d{2}(:\d{2})?$/.test(time) ? iso : `${iso}T${time}`;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function monthOf(part: string): string | null {
  const place = months.indexOf(part.slice(0, 3).toLowerCase());
  return place === -1 ? null : String(place + 1).padStart(2, '0');
}
