#!/bin/sh
# Volumes and switches.
amixer -c0 cset name='Playback Volume' 40,30
sleep 0.5
amixer -Dhw:0 cset name="Playback Volume" -6dB,50%
amixer -c 0 -q cset numid=2 on,off
sleep 1m
amixer cget name='module.1 TDFB angle'
amixer cset iface=MIXER,name='TDFB angle' -90,'off'
