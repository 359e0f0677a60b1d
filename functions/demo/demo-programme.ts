/** The programme of the demo business, counting from `from` on; a programme file (DOMAIN §4). */
export function demoProgramme(from: string) {
  const counts = { excludeCategories: ['Gift cards', 'Workshops'] };
  return {
    currency: 'GBP',
    timeZone: 'Europe/London',
    rules: [
      {
        id: 'every-hundred',
        name: '5 back for every 100',
        scheme: 'every',
        spend: '100.00',
        back: '5.00',
        period: 'lifetime',
        counts,
        settleAfterDays: 14,
        expires: { months: 12 },
        pays: 'credit',
        for: 'everyone',
        from,
      },
      {
        id: 'season',
        name: 'More each season',
        scheme: 'bands',
        mode: 'marginal',
        bands: [
          { from: '0.00', percent: '1' },
          { from: '200.00', percent: '2.5' },
          { from: '600.00', percent: '4' },
        ],
        period: 'quarter',
        counts,
        settleAfterDays: 14,
        expires: { months: 1 },
        pays: 'credit',
        for: 'everyone',
        from,
      },
      {
        id: 'thank-you',
        name: 'A thank-you each year',
        scheme: 'steps',
        targets: [
          { spend: '400.00', back: '20.00' },
          { spend: '1000.00', back: '50.00' },
          { spend: '2000.00', back: '100.00' },
        ],
        period: 'year',
        counts,
        settleAfterDays: 14,
        pays: { voucher: { months: 3, minimum: '40.00' } },
        for: 'everyone',
        from,
      },
    ],
    debt: 'carry',
  };
}
