CREATE TABLE `open_payouts` (
	`redemption_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`cause` text NOT NULL,
	`currency` text NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `open_payouts_at` ON `open_payouts` (`at`,`redemption_id`);--> statement-breakpoint
CREATE INDEX `open_payouts_kind` ON `open_payouts` (`kind`,`at`,`redemption_id`);--> statement-breakpoint
CREATE INDEX `open_payouts_cause` ON `open_payouts` (`cause`,`currency`,`at`) WHERE kind = 'donation';--> statement-breakpoint
CREATE TABLE `payout_sums` (
	`kind` text NOT NULL,
	`cause` text NOT NULL,
	`currency` text NOT NULL,
	`open_count` integer NOT NULL,
	`open_minor` integer NOT NULL,
	`paid_minor` integer NOT NULL,
	PRIMARY KEY(`kind`, `cause`, `currency`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `payout_sums_open` ON `payout_sums` (`kind`,`currency`) WHERE open_count > 0;--> statement-breakpoint
CREATE INDEX `payout_sums_listed` ON `payout_sums` (open_minor DESC,`cause`,`currency`) WHERE kind = 'donation' AND (open_count > 0 OR paid_minor > 0);--> statement-breakpoint
CREATE INDEX `customer_figures_kind` ON `customer_figures` (`kind`,`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_claimed` ON `customer_figures` (`is_claimed`,`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_club` ON `customer_figures` (`is_in_club`,`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_news` ON `customer_figures` (`wants_news`,`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_lapsed` ON `customer_figures` (`has_lapsed`,`customer_id`);--> statement-breakpoint
INSERT INTO `open_payouts` (`redemption_id`, `kind`, `cause`, `currency`, `at`)
SELECT id, kind, CASE kind WHEN 'donation' THEN coalesce(reference, '') ELSE '' END, currency, at FROM redemptions AS r
WHERE kind IN ('payout', 'donation')
  AND coalesce((SELECT kind FROM payout_steps WHERE redemption_id = r.id ORDER BY seq DESC LIMIT 1), 'unpaid') = 'unpaid';--> statement-breakpoint
INSERT INTO `payout_sums` (`kind`, `cause`, `currency`, `open_count`, `open_minor`, `paid_minor`)
SELECT kind, cause, currency, sum(last = 'unpaid'), sum(CASE last WHEN 'unpaid' THEN amount_minor ELSE 0 END),
  sum(CASE last WHEN 'paid' THEN amount_minor ELSE 0 END)
FROM (SELECT kind, CASE kind WHEN 'donation' THEN coalesce(reference, '') ELSE '' END AS cause, currency, amount_minor,
    coalesce((SELECT kind FROM payout_steps WHERE redemption_id = r.id ORDER BY seq DESC LIMIT 1), 'unpaid') AS last
  FROM redemptions AS r WHERE kind IN ('payout', 'donation'))
GROUP BY kind, cause, currency;
