CREATE TABLE `staff_pictures` (
	`staff_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`content` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `staff_pictures_name` ON `staff_pictures` (`name`);--> statement-breakpoint
CREATE TABLE `staff_profiles` (
	`staff_id` text PRIMARY KEY NOT NULL,
	`name` text,
	`phone` text,
	`mail` text,
	`hours` text NOT NULL,
	`words` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `staff_profiles` (`staff_id`, `name`, `phone`, `mail`, `hours`, `words`, `at`, `actor`)
SELECT s.id, json_extract(b.detail, '$.manager.name'), nullif(json_extract(b.detail, '$.manager.phone'), ''), json_extract(b.detail, '$.manager.mail'), '{}', '{}', b.at, b.actor
FROM club_benefits AS b JOIN staff AS s ON s.email = lower(json_extract(b.detail, '$.manager.mail')) AND s.disabled_at IS NULL AND s.role <> 'analyst'
WHERE b.kind = 'account_manager' AND b.id NOT IN (SELECT benefit_id FROM club_withdrawals)
ORDER BY b.at DESC
ON CONFLICT DO NOTHING;
--> statement-breakpoint
INSERT INTO `account_managers` (`id`, `account_id`, `staff_id`, `segment_id`, `why`, `at`, `actor`)
SELECT 'club:' || m.account_id, m.account_id, (SELECT staff_id FROM staff_profiles ORDER BY at DESC LIMIT 1), NULL, NULL, max(m.at), 'system'
FROM club_memberships AS m JOIN accounts AS a ON a.id = m.account_id AND a.withdrawn_at IS NULL
WHERE m.id NOT IN (SELECT membership_id FROM club_endings) AND EXISTS (SELECT 1 FROM staff_profiles)
  AND m.account_id NOT IN (SELECT account_id FROM account_managers WHERE ended_at IS NULL)
GROUP BY m.account_id;
