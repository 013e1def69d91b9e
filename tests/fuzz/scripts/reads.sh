# Reading back, and identifiers as amixer prints them.
sof-ctl -c 'EQ bytes' -b -o out.bin
sof-ctl -n 4 -r -p 200
sof-ctl -i 4 -c numid=4,iface=MIXER,name='EQ bytes' -b
amixer cget numid=4,iface=MIXER,name='EQ bytes',index=0
amixer cset iface=mixer,name='TDFB angle' -- 'off','-90'
