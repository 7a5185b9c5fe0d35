### What people are told when they are not served just now, and what the bot's operators read.

gate-closed = I only answer people and groups that whoever runs me has let in. Ask them, please. Your recording was not opened.
gate-quota = That's as many minutes of sound as I may hear in an hour here. Please come back { $minutes ->
        [one] in a minute
       *[other] in { $minutes } minutes
    }.
gate-maintenance = 🔧 I'm being worked on. Please try again in a while.

## orders of the operators

operator-which = Write /{ $order } and the number of a person or a group after it, for example: /{ $order } 123456789. The numbers of the busiest: /busiest
operator-block = { $id } is blocked: I no longer answer there, and don't say why. To take it back: /undo { $id }
operator-allow = { $id } is let in. To take it back: /undo { $id }
operator-undone = { $id } is neither blocked nor let in any more.
operator-nothing = { $id } was neither blocked nor let in.
operator-yourself = { $id } is an operator and always let in.
operator-access_open = Everybody is served, except those who are blocked.
operator-access_allowed = Only people and groups that are let in are served.
operator-allowed = Let in ({ $count }): { $ids }
operator-blocked = Blocked ({ $count }): { $ids }
operator-switch = Write /maintenance on, with your own words after it if you like, or /maintenance off.
operator-long = That is too long: { $most } characters at most.
operator-maintenance_on = From now on everybody but the operators reads:
    { $words }
operator-maintenance_off = I answer everybody again.
operator-busiest_people = People, answers in the last day:
operator-busiest_groups = Groups, answers in the last day:
operator-busy = { $id }: { $count }

## /stats

stats-answers = { $count ->
        [one] 1 answer
       *[other] { $count } answers
    } in 30 days, { $today } of them in the last day
stats-people = { $people ->
        [one] 1 person
       *[other] { $people } people
    }, { $groups ->
        [one] 1 group
       *[other] { $groups } groups
    }
stats-labels = Since the start: person { $human }, machine { $synthetic }, part machine { $mixed }, can't tell { $inconclusive }
stats-remembered = From memory since the start: { $count }
stats-votes_human = Votes on “person”: { $right } right, { $wrong } wrong
stats-votes_synthetic = Votes on “machine”: { $right } right, { $wrong } wrong
stats-votes_mixed = Votes on “part machine”: { $right } right, { $wrong } wrong
stats-votes_inconclusive = Votes on “can't tell”: { $right } right, { $wrong } wrong
stats-queue = Waiting for an answer: { $count }
stats-errors = Errors in the last day, or since the start: { $count }
stats-process = Running for { NUMBER($hours, maximumFractionDigits: 1) } h, with { NUMBER($megabytes, maximumFractionDigits: 0) } MB of memory
