#!/bin/sh
# What the simulated card printer does with a job: report the fault of the control file until it is
# mended, then keep the document. ippeveprinter reads STATE and ATTR lines from standard error.
spool="$LAO_ID_PRINTER_SPOOL"
control="$spool/fault"
reported=""
card=yes
while [ -s "$control" ]; do
    fault=$(cat "$control" 2>/dev/null)
    case "$fault" in
    refuse) exit 1 ;;
    lose) card="" ; break ;;
    wrong-state)
        # It complains of what is not so and prints all the same.
        echo "STATE: +media-empty" >&2
        reported="media-empty"
        break
        ;;
    esac
    if [ -n "$fault" ] && [ "$fault" != "$reported" ]; then
        [ -n "$reported" ] && echo "STATE: -$reported" >&2
        echo "STATE: +$fault" >&2
        reported="$fault"
    fi
    sleep 0.05
done
[ -s "$spool/seconds" ] && sleep "$(cat "$spool/seconds")"
[ -n "$reported" ] && echo "STATE: -$reported" >&2
if [ -s "$spool/ribbon" ]; then
    echo "ATTR: marker-names=Ribbon marker-types=ribbonWax marker-levels=$(cat "$spool/ribbon") marker-low-levels=10" >&2
fi
[ -n "$card" ] || exit 0
printed="$spool/printed"
# Counted here: a printer that was switched off and on counts its jobs anew.
number=$(($(ls "$printed" | grep -c '\.name$') + 1))
printf '%s' "$IPP_JOB_NAME" >"$printed/$number.name"
cp "$1" "$printed/.$number.part" && mv "$printed/.$number.part" "$printed/$number.pdf"
