CREATE TABLE `account_levels` (
	`root_id` text NOT NULL,
	`from_day` text NOT NULL,
	`until_day` text,
	`level` text NOT NULL,
	`before` text,
	`cause` text NOT NULL,
	PRIMARY KEY(`root_id`, `from_day`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `account_levels_by_day` ON `account_levels` (`from_day`,`root_id`,`before`,`level`);--> statement-breakpoint
CREATE INDEX `account_levels_by_level` ON `account_levels` (`level`,`from_day`,`root_id`,`until_day`);--> statement-breakpoint
CREATE TABLE `account_years` (
	`root_id` text NOT NULL,
	`currency` text NOT NULL,
	`order_count` integer NOT NULL,
	`purchase_days` integer NOT NULL,
	`spend_minor` integer NOT NULL,
	`refunded_minor` integer NOT NULL,
	`until_day` text NOT NULL,
	PRIMARY KEY(`root_id`, `currency`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `account_years_by_spend` ON `account_years` (`currency`,`spend_minor`,`root_id`);--> statement-breakpoint
CREATE INDEX `account_years_until` ON `account_years` (`until_day`);--> statement-breakpoint
CREATE TABLE `account_pins` (
	`root_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`root_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `kept_numbers` (
	`name` text NOT NULL,
	`currency` text NOT NULL,
	`day` text NOT NULL,
	`value` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`name`, `currency`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `account_pins` (`root_id`, `at`, `actor`)
  SELECT (SELECT x.id FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id JOIN accounts AS x ON x.id = a.root_id
      WHERE m.customer_id = p.customer_id AND m.until IS NULL AND x.withdrawn_at IS NULL
      ORDER BY x.first_placed_at IS NULL, x.kind, x.name, x.id LIMIT 1) AS root_id, p.at, p.actor
  FROM customer_pins AS p WHERE EXISTS (SELECT 1 FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id
      JOIN accounts AS x ON x.id = a.root_id
      WHERE m.customer_id = p.customer_id AND m.until IS NULL AND x.withdrawn_at IS NULL)
  ORDER BY p.at ON CONFLICT (root_id) DO NOTHING;--> statement-breakpoint
DROP TABLE `customer_pins`;--> statement-breakpoint
CREATE INDEX `accounts_club` ON `accounts` (`id`) WHERE club_spans IS NOT NULL;