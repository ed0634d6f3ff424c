package io.outrider.launcher.references;

import io.outrider.api.Expose;
import io.outrider.api.ReturnsProxy;

/** A class without an interface, of which a part can be called from outside. */
class Account extends Party {
    static int made;
    static int reached;

    private int balance;
    private String owner = "nobody";

    Account(int balance) {
        made++;
        this.balance = balance;
    }

    @Expose
    public int deposit(int amount) {
        balance += amount;
        return balance;
    }

    @Expose
    public String getOwner() {
        return owner;
    }

    @Expose
    public void setOwner(String owner) {
        this.owner = owner;
    }

    /** Its own kind, left in the worker. */
    @Expose
    @ReturnsProxy
    public Account sub() {
        return new Account(balance);
    }

    @Expose
    public int depositTo(Account other, int amount) {
        return other.deposit(amount);
    }

    /** What the stubs of this class have run of its constructors here. */
    @Expose
    public int constructed() {
        return made;
    }

    /** How often something was called here that is not exposed. */
    @Expose
    public int reached() {
        return reached;
    }

    public void audit() {
        reached++;
        throw new AssertionError("never reached from outside");
    }

    void inThePackage() {
        reached++;
        throw new AssertionError("never reached from outside");
    }

    @Override
    public long pid() { // exposed by its ancestor
        return super.pid();
    }
}
