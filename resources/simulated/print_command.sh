#!/bin/sh
# What the simulated card printer does with a job: report the fault of the control file until it is
# mended, then keep the document. ippeveprinter reads the STATE lines from standard error.
control="$LAO_ID_PRINTER_SPOOL/fault"
reported=""
while [ -s "$control" ]; do
    fault=$(cat "$control" 2>/dev/null)
    if [ "$fault" = "refuse" ]; then
        exit 1
    fi
    if [ -n "$fault" ] && [ "$fault" != "$reported" ]; then
        [ -n "$reported" ] && echo "STATE: -$reported" >&2
        echo "STATE: +$fault" >&2
        reported="$fault"
    fi
    sleep 0.05
done
[ -n "$reported" ] && echo "STATE: -$reported" >&2
printed="$LAO_ID_PRINTER_SPOOL/printed"
cp "$1" "$printed/.$IPP_JOB_ID.part" && mv "$printed/.$IPP_JOB_ID.part" "$printed/$IPP_JOB_ID.pdf"
