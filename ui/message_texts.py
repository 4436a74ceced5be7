"""The sentences of refusals and field faults, behind ui.messages: what happened, what is kept, what to do next."""

from __future__ import annotations

from workstation.domain.refused import Reason

Texts = tuple[str, str, str]

_KEPT = "Nothing was lost."

REFUSALS: dict[Reason, Texts] = {
    Reason.NOT_SIGNED_IN: ("Nobody is signed in.", _KEPT, "Sign in and do it again."),
    Reason.WRONG_PASSWORD: ("User name or password is not right.", _KEPT, "Check both and try again."),
    Reason.OPERATOR_INACTIVE: (
        "This user may no longer sign in.",
        _KEPT,
        "Ask the administrator of the office.",
    ),
    Reason.OPERATOR_EXPIRED: (
        "This user's access ended on {day}.",
        _KEPT,
        "Ask the administrator of the office.",
    ),
    Reason.UNKNOWN_ROLE: (
        "This user has a role that the program does not know: {role}.",
        _KEPT,
        "Tell the administrator; nobody acts under an unknown role.",
    ),
    Reason.FINGER_SIGN_IN_OFF: (
        "Signing in by fingerprint is not allowed in this office.",
        _KEPT,
        "Type your password.",
    ),
    Reason.FINGER_UNREADABLE: (
        "The fingerprint could not be read: too dry, too moist, or moved.",
        "This did not count as an attempt.",
        "Wipe finger and glass and place it again, or type your password.",
    ),
    Reason.FINGER_NOT_RECOGNISED: (
        "This is not an enrolled finger of that user name.",
        _KEPT,
        "Check the name, use an enrolled finger, or type your password.",
    ),
    Reason.FINGER_REPLAYED: (
        "The sensor sent the very same picture as at an earlier sign-in.",
        "Nobody was signed in by it.",
        "Type your password, and tell the administrator: the sensor or its line may have been tampered with.",
    ),
    Reason.FINGER_TEMPLATE_DAMAGED: (
        "The enrolled fingers of this user were changed from outside.",
        "Nobody was signed in by them.",
        "Type your password, and tell the administrator: the fingers must be enrolled again.",
    ),
    Reason.FINGERS_NEEDED: (
        "At least {count} different fingers are needed.",
        "Nothing was changed.",
        "Take another finger.",
    ),
    Reason.FINGER_TAKES_DIFFER: (
        "The two takes of this finger do not match: {position}.",
        "Nothing was changed.",
        "Take the finger again, both times the same one.",
    ),
    Reason.FINGER_OF_ANOTHER: (
        "This finger is enrolled for another user of the office.",
        "Nothing was changed.",
        "Each person signs in under one name only.",
    ),
    Reason.FINGER_OF_OPERATOR: (
        "This is the finger of the user who is signed in, not the applicant's.",
        "Nothing of it was kept.",
        "Take the applicant's finger.",
    ),
    Reason.NO_SUCH_OPERATOR: ("This user is not in this office.", _KEPT, "Choose a user from the list."),
    Reason.SIGN_IN_LOCKED: (
        "Too many wrong attempts. Nobody can try again for {minutes} min.",
        _KEPT,
        "Wait without switching the computer off, or ask an administrator to unlock it.",
    ),
    Reason.ROLE_NOT_ALLOWED: ("Your role may not do this.", _KEPT, "Ask somebody whose role may."),
    Reason.APPROVAL_DAMAGED: (
        "The approval file is damaged, or its signature is not right.",
        "Nothing was approved.",
        "Ask for the file again.",
    ),
    Reason.APPROVAL_OTHER: (
        "This approval is not the one that was asked for here.",
        "Nothing was approved.",
        "Ask for an approval of this application anew.",
    ),
    Reason.APPROVAL_USED: (
        "This approval was used already.",
        "Nothing was approved a second time.",
        "Ask for an approval of this application anew.",
    ),
    Reason.APPROVAL_EXPIRED: (
        "The time of this approval is over.",
        "Nothing was approved.",
        "Ask for an approval of this application anew.",
    ),
    Reason.APPROVAL_CONTENT_CHANGED: (
        "The application was changed after the approval was asked for.",
        "Nothing was approved.",
        "Ask for an approval of this application anew.",
    ),
    Reason.APPROVER_UNKNOWN: (
        "The key of this approver is not trusted here.",
        "Nothing was changed.",
        "The administrator compares the fingerprint by telephone and trusts the card.",
    ),
    Reason.NO_APPROVAL_KEY: (
        "You have no key for approvals at this station.",
        "Nothing was signed.",
        "Make one: workstation approval key.",
    ),
    Reason.APPROVAL_ANSWERED: (
        "This request was answered already.",
        "Nothing was signed again.",
        "Look at the list: it shows the answer.",
    ),
    Reason.APPROVAL_REFUSED: (
        "The approver refused this request.",
        "The application stays in review.",
        "Read the reason; a supervisor decides what follows.",
    ),
    Reason.POLICY_DAMAGED: (
        "The policy in this file cannot be used: {detail}.",
        "The policy in force stays as it is.",
        "Ask whoever issued the file for a whole one.",
    ),
    Reason.POLICY_KNOWN: (
        "This policy is in the office already ({version}).",
        "Nothing was changed.",
        "Choose the file of a newer one.",
    ),
    Reason.SAME_PERSON: (
        "Whoever took part in the capture cannot decide about it.",
        "The application stays in review.",
        "Another supervisor must decide.",
    ),
    Reason.MOVE_NOT_ALLOWED: (
        "The application is no longer at this stage.",
        _KEPT,
        "Go back to the queue and open it again.",
    ),
    Reason.CHANGED_BY_ANOTHER: (
        "Somebody else changed this application meanwhile.",
        "Their changes are kept, this command was not carried out.",
        "Look at it again, then decide.",
    ),
    Reason.NO_SUCH_APPLICATION: ("This application is not in this office.", _KEPT, "Go back to the queue."),
    Reason.FIELDS_INCOMPLETE: (
        "Some fields still need an entry or a correction.",
        "Everything typed is kept.",
        "Fill in the marked fields.",
    ),
    Reason.NAME_DOES_NOT_FIT: (
        "A name has no room on the card, even in its smallest letters.",
        "Everything typed is kept.",
        "Agree with the person on a shorter spelling that the papers allow.",
    ),
    Reason.NO_LAYOUT: (
        "The card layout {name} is not in this office.",
        _KEPT,
        "Ask the administrator to bring in the layout.",
    ),
    Reason.DRAFT_CHANGED: (
        "This draft was changed or put away at another station meanwhile.",
        "The other changes are kept, the last one made here is not.",
        "Open the draft again.",
    ),
    Reason.LAYOUT_FILE_DAMAGED: (
        "This is no signed card layout: {place}.",
        "The layouts in force stay as they are.",
        "Copy the file again from the centre.",
    ),
    Reason.NOT_THE_CENTRE: (
        "Card layouts are published by the centre only.",
        "The draft is kept.",
        "Send the draft to the centre.",
    ),
    Reason.NO_SUCH_PUBLICATION: (
        "This layout does not wait for approval.",
        _KEPT,
        "Look at the list again.",
    ),
    Reason.OTHER_OFFICE: (
        "The household is registered in another office's area.",
        "Everything typed is kept.",
        "Print the referral slip that sends the person there.",
    ),
    Reason.NO_FORM: (
        "There is no usable form for this kind of application.",
        "Everything typed is kept.",
        "Ask the administrator to bring in the form again.",
    ),
    Reason.PRE_REGISTRATION_DAMAGED: (
        "This is no usable pre-registration: number or code is wrong or damaged.",
        _KEPT,
        "Scan it again, or type the number from the slip.",
    ),
    Reason.PRE_REGISTRATION_ELSEWHERE: (
        "Pre-registration {number} is for another office: {office}.",
        _KEPT,
        "Send the person there, or begin here without it.",
    ),
    Reason.PRE_REGISTRATION_NOT_HERE: (
        "Pre-registration {number} has not arrived here yet.",
        _KEPT,
        "Begin by hand: the number is kept with the application.",
    ),
    Reason.PRE_REGISTRATION_WITHDRAWN: (
        "Pre-registration {number} was withdrawn by the person.",
        _KEPT,
        "Ask the person, then begin a new application.",
    ),
    Reason.PRE_REGISTRATION_EXPIRED: (
        "Pre-registration {number} could be opened until {day} only.",
        _KEPT,
        "Begin a new application.",
    ),
    Reason.CARRIED_NOT_CONFIRMED: (
        "Data was taken over and nobody has confirmed it yet.",
        "Everything typed is kept.",
        "Ask the applicant, then confirm the marked fields.",
    ),
    Reason.NO_HOUSEHOLD: (
        "This application has no complete household yet.",
        _KEPT,
        "Enter household number, province and district first.",
    ),
    Reason.SECOND_PERSON_NEEDED: (
        "Two different people must confirm this.",
        _KEPT,
        "Let a colleague type name and password.",
    ),
    Reason.SUPERVISOR_NEEDED: (
        "One of the two people must be a supervisor.",
        _KEPT,
        "Call a supervisor.",
    ),
    Reason.CLOCK_UNUSABLE: (
        "This computer's clock shows {shows}, and that cannot be: no application begins under a wrong time.",
        "Everything kept before is safe.",
        "Two people set the clock right under F10.",
    ),
    Reason.CLOCK_NOT_PLAUSIBLE: (
        "This date and time cannot be right.",
        _KEPT,
        "Type the date and time that a telephone or another clock shows now.",
    ),
    Reason.NO_PORTRAIT: ("There is no photo yet.", _KEPT, "Take the photo first."),
    Reason.PORTRAIT_NOT_ACCEPTABLE: (
        "The photo does not meet the requirements.",
        "The photo is kept.",
        "Take it again, or accept it with a reason.",
    ),
    Reason.PORTRAIT_ATTEMPTS_USED: (
        "All photos allowed for this application are taken.",
        "Every photo is kept.",
        "Choose the best of them, or write down why one more is needed.",
    ),
    Reason.TOO_FEW_FINGERS: (
        "Not every required finger is done: {position}.",
        "The fingers taken are kept.",
        "Take it, or mark it as missing with the reason.",
    ),
    Reason.FINGER_QUALITY_LOW: (
        "The quality of this print is too low: {position}.",
        "The best print so far is kept.",
        "Clean the finger and the reader and take it again.",
    ),
    Reason.SAME_FINGER_TWICE: (
        "This looks like the same finger as before: {position} and {other}.",
        "The first print is kept.",
        "Take the right finger.",
    ),
    Reason.DEFECT_MISSING: ("A return needs a named defect.", _KEPT, "Choose the defect from the list."),
    Reason.REASON_MISSING: ("A reason must be written down.", _KEPT, "Type the reason and do it again."),
    Reason.POINTS_NOT_VISITED: (
        "Not everything has been looked at yet; still open: {count}.",
        "Nothing was decided.",
        "F2 leads to each of them; then decide.",
    ),
    Reason.NOT_THE_APPROVER: (
        "Only the reviewer who approved it can recall it.",
        "The approval stands.",
        "Ask that reviewer, or wait for the answer of the centre.",
    ),
    Reason.SENDING_BEGUN: (
        "It is too late to recall it: sending to the centre has begun.",
        "The approval stands.",
        "Wait for the answer of the centre.",
    ),
    Reason.NO_DECISION: (
        "The centre has not decided yet.",
        "The application waits safely.",
        "It goes on by itself when the answer arrives.",
    ),
    Reason.CARD_JOB_STATE: (
        "The card job is not in a state for this.",
        _KEPT,
        "Look at the print page for what is open.",
    ),
    Reason.NO_BLANK_LOADED: (
        "No blank cards are loaded at this station.",
        "Nothing was printed; the job waits.",
        "Load blanks: Blank cards, F6. Without any in the drawer, ask the stock keeper.",
    ),
    Reason.BLANKS_ELSEWHERE: (
        "{count} blank cards do not lie there: {serials} ({places}).",
        "No blank was moved.",
        "Check the serials on the box.",
    ),
    Reason.SERIAL_UNREADABLE: (
        "“{serial}” is no serial of a blank card; they look like {example}.",
        "No blank was moved.",
        "Scan the box again, or type what is printed on it.",
    ),
    Reason.SERIALS_KNOWN: (
        "{count} of these blank cards are in the ledger already: {serials}.",
        "Nothing of this delivery was taken in.",
        "Check first and last serial against the delivery note.",
    ),
    Reason.SERIALS_NOT_IN_BOX: (
        "These serials are not of the box {box}, or named twice: {serials}.",
        "Nothing of this delivery was taken in.",
        "Check them against the delivery note.",
    ),
    Reason.RANGE_REVERSED: (
        "The last serial {last} comes before the first {first}.",
        "No blank was moved.",
        "Exchange the two.",
    ),
    Reason.RANGE_TOO_LONG: (
        "{count} blank cards in one entry are more than {most}.",
        "No blank was moved.",
        "Check first and last serial.",
    ),
    Reason.COUNT_SERIALS_NEEDED: (
        "The number counted differs from the ledger.",
        "The count is not closed yet.",
        "Scan the serials that lie there; the program then names those that differ.",
    ),
    Reason.COUNT_DIFFERS: (
        "The count does not balance: {serials}.",
        "The count is not closed yet.",
        "Look again; what remains is explained and signed by both.",
    ),
    Reason.NO_SUCH_PRINTER: (
        "This printer is not set up any more.",
        "The cards wait.",
        "Choose another printer.",
    ),
    Reason.PRINTER_ADDRESS_WRONG: (
        "“{address}” is no address of a printer.",
        "No printer was added.",
        "Type it as ipp://name/ipp/print, or the name of a queue of this computer.",
    ),
    Reason.NO_PRINTER_CHOSEN: (
        "No printer is chosen on this computer.",
        "The card waits.",
        "Choose one on the page of printing.",
    ),
    Reason.PRINTER_AWAITED: (
        "{count} cards wait for this printer.",
        "The printer was not removed.",
        "Let them wait for another printer first.",
    ),
    Reason.PRINTER_OCCUPIED: (
        "The printer has another card, or nobody has said what became of it.",
        "The card waits.",
        "Settle the other card first.",
    ),
    Reason.PRINTER_HAS_CARD: (
        "The printer still has this card and may print it.",
        "Nothing was decided.",
        "Wait for the card, or cancel it at the printer.",
    ),
    Reason.BLANK_OTHER: (
        "The card in your hand has the serial {found}; booked to this person is {booked}.",
        "Nothing was decided.",
        "Look whose card it is. If it is this person's, call a supervisor to count the blanks.",
    ),
    Reason.CARD_NOT_PRINTED: ("No card has been printed yet.", _KEPT, "Print the card first."),
    Reason.CARD_MISMATCH: (
        "The card does not agree with the record. Do not hand it over.",
        "The record is unchanged, the card is held.",
        "Read it a second time; if it still differs, a supervisor orders a new print.",
    ),
    Reason.CARD_NOT_SEEN: (
        "No card was found in the picture.",
        _KEPT,
        "Lay one card alone on a plain, dark ground and read it again.",
    ),
    Reason.CARDS_TOGETHER: (
        "More than one card is in the picture.",
        _KEPT,
        "Leave only the card of this application before the camera.",
    ),
    Reason.CARD_PARTLY_OUTSIDE: (
        "A part of the card is outside the picture.",
        _KEPT,
        "Move the card until all four corners are seen.",
    ),
    Reason.CARD_TOO_FAR: (
        "The card is too small in the picture.",
        _KEPT,
        "Bring the card nearer to the camera.",
    ),
    Reason.CARD_PICTURE_DARK: (
        "The picture of the card is too dark.",
        _KEPT,
        "Give it more light and read it again.",
    ),
    Reason.CARD_PICTURE_BLURRED: (
        "The picture of the card is blurred.",
        _KEPT,
        "Keep card and camera still until the picture is sharp, and read it again.",
    ),
    Reason.CARD_PICTURE_GLARE: (
        "A reflection covers a part of the card.",
        _KEPT,
        "Turn the lamp away or tilt the card a little, and read it again.",
    ),
    Reason.CARD_SIDE_UNKNOWN: (
        "What lies before the camera looks like neither side of this card.",
        _KEPT,
        "Lay the card of this application before the camera, and read it again.",
    ),
    Reason.CARD_SIDES: (
        "Both pictures show the same side of the card.",
        _KEPT,
        "Read the front and the back.",
    ),
    Reason.CARD_HELD: (
        "This card has failed two readings and is held.",
        "The card is not void; the record is unchanged.",
        "A supervisor reads it once more, or two people void it.",
    ),
    Reason.CHIP_NOT_READ: (
        "The chip has not been read yet.",
        _KEPT,
        "Hold the card on the reader.",
    ),
    Reason.CHIP_SERIAL_RANDOM: (
        "This chip shows another serial number each time and cannot be bound to the card.",
        _KEPT,
        "Check that the right card lies on the reader; tell the administrator.",
    ),
    Reason.CHIP_ALREADY_BOUND: (
        "This chip belongs to another card already.",
        _KEPT,
        "Check that the right card lies on the reader.",
    ),
    Reason.FINGERPRINT_NO_MATCH: (
        "The finger does not match the stored print.",
        "The card stays here.",
        "Try again or take another finger. Do not hand the card over.",
    ),
    Reason.BOX_PLACE_UNKNOWN: (
        "There is no place {place} in the boxes.",
        _KEPT,
        "Write box, row and place as 1-03-12; the last place of a box is {last}.",
    ),
    Reason.BOX_PLACE_TAKEN: (
        "Another card lies at {place} already.",
        _KEPT,
        "Take the place that is proposed.",
    ),
    Reason.COLLECTOR_NOT_ALLOWED: (
        "Nobody else may come for this card: the holder is {age} or older.",
        "The card stays here.",
        "Ask the holder to come.",
    ),
    Reason.COLLECTOR_UNNAMED: (
        "Who takes the card is not named yet.",
        _KEPT,
        "Enter name, identity number, and how she is related or authorised.",
    ),
    Reason.GUARDIAN_PRINT_MISSING: (
        "The guardian's print is missing.",
        "The card stays here.",
        "Take a print of the guardian with F6.",
    ),
    Reason.SIGNATURE_MISSING: (
        "The receipt is not signed yet.",
        _KEPT,
        "Let the person sign on the pad, or say why she cannot.",
    ),
    Reason.OLD_CARD_MISSING: (
        "The old card is not in your hand yet.",
        "The new card stays here.",
        "Take the old card, or say why it is not there.",
    ),
    Reason.OLD_CARDS_COUNT: (
        "{counted} cards were counted, {listed} are on the list.",
        "Nothing was written.",
        "Count again, card by card.",
    ),
    Reason.CARD_NOT_HERE: (
        "This card is not here: it left in the parcel {seal}.",
        _KEPT,
        "Ask the province, or have a new card printed.",
    ),
    Reason.CARD_NOT_DUE: (
        "{count} of these cards do not wait long enough, or are gone.",
        "Nothing was written.",
        "Read the list again and choose anew.",
    ),
    Reason.SEAL_MISSING: (
        "The number of the seal is missing.",
        "Nothing was written.",
        "Enter the number on the parcel's seal.",
    ),
    Reason.SEAL_USED: (
        "The seal {seal} closed another parcel.",
        "Nothing was written.",
        "Read the number on the seal again.",
    ),
    Reason.NOTHING_CHOSEN: (
        "No card is chosen.",
        "Nothing was written.",
        "Choose cards with Space.",
    ),
    Reason.CARD_RECALLED_ALREADY: (
        "This card was recalled already.",
        _KEPT,
        "The correction is under the recalled cards.",
    ),
    Reason.OFFICE_EXISTS: (
        "An office exists in this folder already.",
        "It is unchanged.",
        "Open it instead.",
    ),
    Reason.NOT_FOR_REAL_WORK: (
        "This is an office of real work: invented people are not put into it.",
        "Nothing was changed.",
        "Use a training office.",
    ),
    Reason.NO_OFFICE: ("There is no office in this folder yet.", _KEPT, "Begin with the first start."),
    Reason.OTHER_KIND_OF_WORK: (
        "The office in this folder does another kind of work: real work and training are kept apart.",
        "Nothing was opened.",
        "Start the program with --training for the training office, without it for real work.",
    ),
    Reason.WRONG_PASSPHRASE: (
        "The passphrase is not right.",
        "The data is unchanged and stays locked.",
        "Type it again; mind capital letters and the keyboard layout.",
    ),
    Reason.PASSPHRASE_NEEDED: (
        "The passphrase of the office is needed.",
        "The data is unchanged and stays locked.",
        "The administrator types it.",
    ),
    Reason.PASSPHRASE_FILE_OPEN: (
        "Others can read the file that holds a secret: {path}.",
        "It was not used.",
        "Let its owner alone read it (mode 600), change the secret, then try again.",
    ),
    Reason.TPM_GONE: (
        "The TPM that opens this office does not answer.",
        "The data is unchanged and stays locked.",
        "Switch the TPM on in the firmware. If it is lost, the administrator runs “workstation keys recover”.",
    ),
    Reason.TPM_REFUSES: (
        "The TPM of this computer does not open this office: it is another one, or it was cleared.",
        "The data is unchanged and stays locked.",
        "Call the administrator: find out why before “workstation keys recover” is run.",
    ),
    Reason.NO_TPM_PROVISIONED: (
        "This office has no TPM; its passphrase opens it.",
        "Nothing was changed.",
        "Start the program and type the passphrase.",
    ),
    Reason.BACKUP_NO_KEY: (
        "This office has no backup key yet.",
        _KEPT,
        "A supervisor makes it with: workstation backup keys.",
    ),
    Reason.BACKUP_KEY_DAMAGED: (
        "The backup key cannot be read.",
        _KEPT,
        "Take the other copy of the key file, or type the printed recovery text.",
    ),
    Reason.BACKUP_NO_ROOM: (
        "There is no room for a backup: {free} MiB free, {needed} MiB are needed.",
        "The backups made before are kept.",
        "Make room or choose another disk, then do it again.",
    ),
    Reason.BACKUP_FOLDER_FAULT: (
        "The backup's folder takes nothing ({code}).",
        "The backups made before are kept.",
        "Check the disk, or choose another one.",
    ),
    Reason.BACKUP_NOT_ONE: (
        "This folder holds no whole backup.",
        _KEPT,
        "Choose the folder that holds the file manifest.json.",
    ),
    Reason.BACKUP_DAMAGED: (
        "The backup is damaged: {file}.",
        "The office is as it was.",
        "Take another backup.",
    ),
    Reason.BACKUP_FOREIGN: (
        "The backup is of station {found}, not of {expected}.",
        "The office is as it was.",
        "Take a backup of this station.",
    ),
    Reason.BACKUP_WRONG_KEY: (
        "This key does not open this backup.",
        "The office is as it was.",
        "Take the key {key}, which the backup names.",
    ),
    Reason.BACKUP_TOO_NEW: (
        "The backup was made by a newer version of the program.",
        "The office is as it was.",
        "Install that version, then do it again.",
    ),
    Reason.BACKUP_OLDER: (
        "The backup is older than what is known of this station: it lacks {missing} messages.",
        "The office is as it was.",
        "Take a newer backup; if there is none, a supervisor confirms by name.",
    ),
    Reason.BACKUP_TRAIL_OLDER: (
        "The audit trail in the backup ends before the one that is known of this station: it lacks {entries} entries.",
        "The office is as it was.",
        "Take a newer backup; if there is none, a supervisor confirms by name, and the trail goes on in a new segment.",
    ),
    Reason.BACKUP_STATION_UNNAMED: (
        "The folder does not say of which station it is.",
        _KEPT,
        "Name the station, as in --station VTE-S1.",
    ),
    Reason.BACKUP_RUNNING: (
        "A backup of this office is being made already.",
        _KEPT,
        "Wait for its end.",
    ),
    Reason.OFFICE_OPEN: (
        "This office is open in another program.",
        "Nothing was changed.",
        "Close it there, then try again.",
    ),
    Reason.KEY_NOT_TURNED: (
        "The new key could not be put in place: the disk takes no more or has faults.",
        "The present key opens the office as before.",
        "Make room on the disk, then try again.",
    ),
    Reason.WRONG_ONE_TIME_CODE: (
        "The one-time code is not right.",
        "Nothing was created.",
        "Read it from the terminal or the file again.",
    ),
    Reason.PASSWORD_TOO_SHORT: (
        "The password is too short: at least {minimum} characters.",
        _KEPT,
        "Choose a longer one.",
    ),
    Reason.PASSWORD_TOO_LONG: (
        "The password is too long: at most {maximum} characters.",
        _KEPT,
        "Choose a shorter one.",
    ),
    Reason.PASSWORD_TOO_COMMON: (
        "This password is among those that are guessed first.",
        _KEPT,
        "Choose several words that do not belong together.",
    ),
    Reason.PASSWORD_UNCHANGED: (
        "The new password is the old one.",
        _KEPT,
        "Choose another one.",
    ),
    Reason.CONFIRMATION_NEEDED: (
        "This was not confirmed with the password.",
        "Nothing was decided.",
        "Do it again and type your password.",
    ),
    Reason.PASSWORD_MUST_CHANGE: (
        "This password was given to you by somebody else.",
        _KEPT,
        "Choose one of your own now.",
    ),
    Reason.USERNAME_TAKEN: ("This user name is taken.", _KEPT, "Choose another one."),
    Reason.UNKNOWN_DIVISION: (
        "The province or district is not in the list.",
        "Everything typed is kept.",
        "Choose it from the list.",
    ),
    Reason.AUDIT_FILE_DAMAGED: (
        "The file is not a whole export of the audit trail: line {line}.",
        "Nothing was changed.",
        "Have the trail exported again.",
    ),
    Reason.FILE_NOT_WRITTEN: (
        "The file {file} could not be written.",
        "Nothing was changed.",
        "Check the place and its free space, then do it again.",
    ),
    Reason.DATABASE_TOO_NEW: (
        "The data was written by a newer version of this program.",
        "The data is unchanged.",
        "Install the newer version.",
    ),
    Reason.DRAFT_NOT_KEPT: (
        "What was typed for {number} is not in the database yet.",
        "It is kept here and tried again every few seconds.",
        "Do not close the program until it says that it is kept.",
    ),
    Reason.DATABASE_BUSY: (
        "Another program is writing the data of this office just now.",
        "Nothing was changed.",
        "Wait a moment and do it again.",
    ),
    Reason.NOTHING_TO_TELL: (
        "This application was not returned, so there is nothing to tell the applicant.",
        _KEPT,
        "Choose a returned application.",
    ),
    Reason.NAME_MISSING: ("The queue needs a name.", _KEPT, "Type a name for it."),
    Reason.DATABASE_DAMAGED: (
        "The data of this office is damaged and was not opened.",
        "Nothing was changed.",
        "Call the administrator; a backup can be restored.",
    ),
    Reason.DISK_FULL: (
        "The disk of this station is full.",
        "This step was not saved; what was saved before is kept.",
        "Make room on the disk, then do it again.",
    ),
    Reason.DISK_FAILING: (
        "The disk of this station could not be read or written.",
        "This step was not saved; what was saved before is kept.",
        "Do it again. If it stays so, stop the work here and call the administrator.",
    ),
    Reason.SERVER_AWAY: (
        "The office's server does not answer.",
        "This step was not saved. What you type on an open form is kept on this computer.",
        "Look at the network cable. When the server is back, the work goes on by itself; then do this step again.",
    ),
    Reason.SERVER_AWAY_AT_START: (
        "The office's server does not answer.",
        "Nothing was changed.",
        "Look at the network cable and whether the server is switched on, then try again.",
    ),
    Reason.OUTCOME_UNKNOWN: (
        "The office's server went away just as this step was being saved.",
        "Nobody can say yet whether it was saved.",
        "When the server is back, open the application again and look before you do the step a second time.",
    ),
    Reason.SERVER_WITHOUT_TLS: (
        "The office's server must prove who it is: sslmode=verify-full is needed, not {sslmode}.",
        "No connection was made.",
        "Put the server's certificate in place, then try again.",
    ),
    Reason.SERVER_UNPROVEN: (
        "The server that answered could not prove that it is the office's: its certificate does not fit.",
        "No connection was made.",
        "Tell the administrator: the name in the address, the server's certificate and sslrootcert must fit.",
    ),
    Reason.SERVER_UNSUITABLE: (
        "This server cannot hold the office's data: {what} {found}.",
        "Nothing was changed there.",
        "PostgreSQL 15 or later is needed, with encoding UTF8 and locale C.UTF-8.",
    ),
    Reason.SERVER_HOLDS_OFFICE: (
        "An office is on this server already.",
        "Nothing was changed, here or there.",
        "Use an empty database, or join that office: workstation office join.",
    ),
    Reason.SERVER_HOLDS_NONE: (
        "No office is on this server.",
        "Nothing was changed.",
        "At the first station: workstation office share.",
    ),
    Reason.NOT_ON_SERVER: (
        "This is done at the server itself: the office's database is there.",
        "Nothing was changed.",
        "Ask whoever looks after the server.",
    ),
    Reason.STATION_CODE_TAKEN: (
        "A station of this office has the code {code} already.",
        "Nothing was changed.",
        "Choose another code.",
    ),
}

FIELD_FAULTS: dict[str, str] = {
    "missing": "This field is required.",
    "not-lao": "Write this in Lao letters.",
    "not-latin": "Write this in Latin letters.",
    "mixed-script": "Lao and Latin letters are mixed.",
    "not-a-date": "Write the date as day/month/year; ? for what is not known.",
    "not-a-time": "Write the time as hours:minutes, as 14:05.",
    "in-the-future": "This date is in the future.",
    "too-old": "This date is too long ago.",
    "too-long": "This is too long.",
    "does-not-fit": "This has no room on the card, even in its smallest letters.",
    "no-glyph": "The card's letters lack a sign in this.",
    "too-short": "This is too short.",
    "control-characters": "There are invisible characters in it; type it again.",
    "unknown-choice": "Choose one from the list.",
    "not-a-telephone": "This is no telephone number.",
    "document-missing": "A required document was not presented.",
    "not-a-code": "Only capital letters and digits.",
    "not-an-address": "An address begins with http:// or https://.",
    "not-the-same": "The two are not the same.",
    "taken": "This user name is taken.",
    "not-new": "The new password is the old one.",
    "too-common": "This password is among those that are guessed first.",
    "wrong-code": "The one-time code is not right.",
}
