CREATE TABLE `payout_steps` (
	`redemption_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`reference` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`redemption_id`, `seq`),
	CONSTRAINT "payout_steps_in_turn" CHECK(kind = 'returned' OR (kind = 'paid') = (seq % 2 = 1))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `payout_steps_at` ON `payout_steps` (`kind`,`at`,`redemption_id`);--> statement-breakpoint
INSERT INTO `payout_steps` (`redemption_id`, `seq`, `kind`, `at`, `actor`)
SELECT `redemption_id`, 1, 'paid', `at`, `actor` FROM `redemption_handovers`;--> statement-breakpoint
INSERT INTO `payout_steps` (`redemption_id`, `seq`, `kind`, `at`, `actor`)
SELECT `redemption_id`, 1 + EXISTS (SELECT 1 FROM `redemption_handovers` WHERE `redemption_id` = `reversals`.`redemption_id`), 'returned', `at`, `actor`
FROM `reversals` WHERE `redemption_id` IN (SELECT `id` FROM `redemptions` WHERE `kind` IN ('payout', 'donation'));
